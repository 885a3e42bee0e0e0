import { readFileSync } from 'node:fs';
import { messageOf, UserError } from '../shared/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';

export function writeJson(path: string, value: unknown): void {
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Reads JSON; a missing or broken file is a clear error that names it. `remedy` says how such a file is made. */
export function readJson(path: string, remedy: string): unknown {
  let text: string;
  try {
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
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('file/not-json', `is not valid JSON: ${messageOf(cause)}`, {
      place: path,
      remedy,
      cause,
    });
  }
}
