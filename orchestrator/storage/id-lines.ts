import { UserError } from '../shared/errors.ts';
import { systemErrorOf } from '../shared/system-error.ts';
import { textLines } from './text-lines.ts';

/**
 * The ids of a file, a line each, as they stand there: only empty lines, the end of a line and a byte order mark are
 * left out. A file of any size is read in pieces. Throws a UserError where it cannot be read.
 */
export function* idLines(file: string): Iterable<string> {
  let number = 0;
  try {
    for (const line of textLines(file)) {
      const text = line.replace(/\r$/, '');
      const id = ++number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (id.includes('\0'))
        throw new UserError('file/not-text', 'is no text in UTF-8', {
          place: `${file}:${number}`,
          remedy: 'Write one id a line, in UTF-8.',
        });
      if (id !== '') yield id;
    }
  } catch (error) {
    throw systemErrorOf(error, file) ?? error;
  }
}
