import { readdirSync, readFileSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { nearestName } from '../shared/nearest-name.ts';
import { packageRoot } from '../shared/package-root.ts';
import { isFile } from '../storage/is-file.ts';

const shippedFolder = join(packageRoot, 'recipes');

/** Names of the recipes that come with eager-llm. */
export function shippedRecipes(): string[] {
  return shippedFiles().filter((name) => !isSweep(name));
}

/** Names of the sweeps over recipes that come with eager-llm. */
export function shippedSweeps(): string[] {
  return shippedFiles().filter(isSweep);
}

function shippedFiles(): string[] {
  return readdirSync(shippedFolder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));
}

/** A sweep names what it compares, which no recipe does. */
function isSweep(name: string): boolean {
  return /^(variants|matrix):/m.test(readFileSync(join(shippedFolder, `${name}.yaml`), 'utf8'));
}

/**
 * The file that the name of a recipe or sweep means, absolute: a path from `folder`, or the bare name of one that comes
 * with eager-llm where there is no such file. It need not exist.
 */
export function findRecipe(written: string, folder: string): string {
  const path = resolve(folder, written);
  const isShipped = /^[\w-]+$/.test(written) && shippedFiles().includes(written);
  return isShipped && !isFile(path) ? join(shippedFolder, `${written}.yaml`) : path;
}

/** What was probably meant by the path of a recipe that does not exist. */
export function adviceOnRecipe(path: string): string {
  const { name, base } = parse(path);
  for (const ending of ['.yaml', '.yml'])
    if (isFile(`${path}${ending}`)) return `Did you mean ${base}${ending}?`;
  const nearest = nearestName(name, shippedFiles());
  if (nearest) return `Did you mean ${nearest}, without a folder or .yaml? It comes with eager-llm.`;
  return `Paths start at the folder of the file that names them; recipes that come with eager-llm go by name: ${shippedRecipes().join(', ')}.`;
}
