import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';
import { isCompiled } from '../../scripts/is-compiled.mjs';
import { typescriptLoader } from '../typescript-loader.ts';

export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
export const smokeRecipe = join(packageFolder, 'recipes', 'smoke.yaml');

/**
 * What Node is given to be the command: compiled, as `npm test` leaves it and people run it; from the sources where
 * these are newer, which starts more slowly.
 */
export const door: readonly string[] = isCompiled(packageFolder)
  ? [join(packageFolder, 'dist', 'cli', 'main.js')]
  : [typescriptLoader, join(packageFolder, 'orchestrator', 'cli', 'main.ts')];

/** The real command in a process of its own; it never throws, its end is what is tested. */
export function eagerLlm(args: readonly string[], options: Options = {}) {
  return execa(process.execPath, [...door, ...args], { reject: false, stdin: 'ignore', ...options });
}
