import { readFileSync, statSync } from 'node:fs';
import { messageOf, UserError } from '../shared/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { isLfsPointer, lfsMessage, lfsRemedy } from './lfs-pointer.ts';

export function writeJson(path: string, value: unknown): void {
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Reads JSON, also behind a byte order mark; a missing or broken file is a clear error that names it. `remedy` says how such a file is made. */
export function readJson(path: string, remedy: string): unknown {
  let text: string;
  try {
    // A pipe or a device would be read for ever.
    if (!statSync(path).isFile()) throw new Error('it is not a file');
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      'file/unreadable',
      missing ? 'the file is missing' : `cannot be read: ${messageOf(cause)}`,
      {
        place: path,
        remedy,
        cause,
      },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const isPointer = isLfsPointer(text);
    throw new UserError('file/not-json', isPointer ? lfsMessage : `is not valid JSON: ${messageOf(cause)}`, {
      place: path,
      remedy: isPointer ? lfsRemedy : remedy,
      cause,
    });
  }
  if (depthOf(value) > deepest)
    throw new UserError('file/too-deep', `is nested more than ${deepest} levels deep`, {
      place: path,
      remedy,
    });
  return value;
}

/** Far above any file of ours, far below what ends a recursion over it. */
const deepest = 200;

/** How many lists and maps lie in one another; looks no deeper than it has to. */
function depthOf(value: unknown): number {
  let depth = 0;
  for (let level = [value]; depth <= deepest; depth++) {
    const containers = level.filter((each): each is object => each !== null && typeof each === 'object');
    if (containers.length === 0) break;
    level = containers.flatMap((each) => Object.values(each));
  }
  return depth;
}
