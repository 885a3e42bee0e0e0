import { pathToFileURL } from 'node:url';
import { messageOf, UserError } from '../shared/errors.ts';

const remedy = 'Mend the module, then run the same command again: finished stages are reused.';

/** What a module of the user's does; an error that it throws is the user's, and names the file and its line. */
export async function inModule<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw thrownIn(file, cause);
  }
}

/** The same for what answers at once. */
export function inModuleSync<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw thrownIn(file, cause);
  }
}

/** A module that does not do what it has to. */
export function wrongModule(file: string, problem: string): UserError {
  return new UserError('own-parts/wrong-module', problem, { place: file, remedy });
}

function thrownIn(file: string, cause: unknown): UserError {
  return new UserError('own-parts/module-failed', `the module failed: ${messageOf(cause)}`, {
    place: placeIn(file, cause),
    remedy,
    cause,
  });
}

/** `file:line` where the stack says it: a frame in the file, or the line that cannot be parsed. */
function placeIn(file: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const name of [pathToFileURL(file).href, file]) {
    const at = stack.indexOf(`${name}:`);
    const line = at < 0 ? Number.NaN : Number.parseInt(stack.slice(at + name.length + 1), 10);
    if (line > 0) return `${file}:${line}`;
  }
  return file;
}
