import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from '../shared/package-root.ts';

const shippedFolder = join(packageRoot, 'recipes');

/** Names of the recipes that come with eager-llm. */
export function shippedRecipes(): string[] {
  return readdirSync(shippedFolder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));
}

/**
 * The file that a recipe's name means, absolute: a path from `folder`, or the bare name of a recipe that comes
 * with eager-llm where there is no such file. It need not exist.
 */
export function findRecipe(written: string, folder: string): string {
  const path = resolve(folder, written);
  const isShipped = /^[\w-]+$/.test(written) && shippedRecipes().includes(written);
  return isShipped && !isFile(path) ? join(shippedFolder, `${written}.yaml`) : path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
