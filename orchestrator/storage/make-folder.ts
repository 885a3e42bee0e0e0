import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { atPlace } from '../shared/system-error.ts';

/**
 * Makes a folder and those above it; one that is there is good. Node's own `recursive` never ends where a system says
 * that a folder above is missing though it is there (below /proc).
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
