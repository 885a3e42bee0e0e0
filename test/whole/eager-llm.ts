import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';

export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));
export const smokeRecipe = fileURLToPath(new URL('../../recipes/smoke.yaml', import.meta.url));

const door = fileURLToPath(new URL('../../orchestrator/cli/main.ts', import.meta.url));

/** The real command in a process of its own, from the sources; it never throws, its end is what is tested. */
export function eagerLlm(args: readonly string[], options: Options = {}) {
  const loader = `--import=${import.meta.resolve('tsx')}`;
  return execa(process.execPath, [loader, door, ...args], { reject: false, stdin: 'ignore', ...options });
}
