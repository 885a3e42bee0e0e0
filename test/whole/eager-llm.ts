import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';
import { typescriptLoader } from '../typescript-loader.ts';

export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
export const smokeRecipe = join(packageFolder, 'recipes', 'smoke.yaml');

/**
 * What Node is given to be the command: compiled, as `npm test` leaves it and people run it; from the sources where
 * these are newer, which starts more slowly.
 */
export const door: readonly string[] = isCompiled()
  ? [join(packageFolder, 'dist', 'cli', 'main.js')]
  : [typescriptLoader, join(packageFolder, 'orchestrator', 'cli', 'main.ts')];

/** The real command in a process of its own; it never throws, its end is what is tested. */
export function eagerLlm(args: readonly string[], options: Options = {}) {
  return execa(process.execPath, [...door, ...args], { reject: false, stdin: 'ignore', ...options });
}

/** By the rule of scripts/bootstrap.mjs, which compiles. */
function isCompiled(): boolean {
  const stamp = join(packageFolder, 'dist', '.compiled');
  if (!existsSync(stamp)) return false;
  const compiled = statSync(stamp).mtimeMs;
  const root = join(packageFolder, 'orchestrator');
  const sources = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));
  const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];
  return [...settings.map((name) => join(packageFolder, name)), ...sources].every(
    (path) => statSync(path).mtimeMs <= compiled,
  );
}
