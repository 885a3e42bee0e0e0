import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The file of a module: a path from `folder`, or the entry of a package that is installed there or above it. Null: none. */
export function findModule(written: string, folder: string): string | null {
  if (/^([./\\]|[A-Za-z]:[\\/])/.test(written) || /\.[cm]?js$/.test(written)) return resolve(folder, written);
  try {
    return createRequire(join(folder, 'recipe.yaml')).resolve(written);
  } catch {
    return null;
  }
}
