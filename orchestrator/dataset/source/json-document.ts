import { constants, isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { messageOf, UserError } from '../../shared/errors.ts';
import { parseJsonText } from './json-text.ts';
import { withoutMark } from './text-encoding.ts';

/** Reads a file that is one JSON document, held in memory as a whole; a UserError says what is wrong with it. */
export function readJsonDocument(path: string, remedy: string): unknown {
  const fail = (code: string, message: string, advice = remedy, cause?: unknown) =>
    new UserError(code, message, { place: path, remedy: advice, cause });
  if (statSync(path).size > constants.MAX_STRING_LENGTH)
    throw fail(
      'dataset/too-large',
      `is larger than ${constants.MAX_STRING_LENGTH} bytes, and one JSON document has to fit into memory`,
      'Write it as JSON lines or Parquet, and use format: table.',
    );
  const bytes = withoutMark(path, readFileSync(path));
  if (!isUtf8(bytes))
    throw fail('dataset/not-utf-8', 'holds bytes that are not UTF-8', 'Save the file as UTF-8.');
  try {
    return parseJsonText(bytes.toString('utf8'));
  } catch (cause) {
    throw fail('file/not-json', `is not valid JSON: ${messageOf(cause)}`, remedy, cause);
  }
}
