import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { atPlace } from '../shared/system-error.ts';

/**
 * Makes a folder and its parents; an existing one is fine. Node's own `recursive` never ends where a system reports an
 * existing parent as missing (below /proc).
 */
export function makeFolder(path: string): void {
  atPlace(path, () => make(path));
}

function make(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(path);
    if (code === 'ENOENT' && above !== path && !existsSync(above)) {
      make(above);
      make(path);
    } else if (code !== 'EEXIST' || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
