import { UserError } from '../../shared/errors.ts';
import { BrokenLine } from '../source/broken-line.ts';
import { parseJsonText } from '../source/json-text.ts';
import { lineBlocks } from '../source/line-blocks.ts';
import { readLines } from './read-lines.ts';
import type { Reading } from './reader.ts';

/** Like `readLines`, for a file with one record a line; one JSON document over the whole file is said at once. */
export async function readJsonLines(
  path: string,
  take: (text: string) => void,
  reading: Reading,
): Promise<void> {
  const head = await firstLine(path, reading);
  const document = head === undefined ? null : documentBegunBy(head);
  if (document !== null) throw notLines(path, ...document);
  await readLines(path, take, reading);
}

/** `program` makes lines of what the file is. */
export function notLines(path: string, document: string, program: string): UserError {
  return new UserError('dataset/json-document', `is ${document}, and JSON lines hold one record a line`, {
    place: path,
    remedy: `Write one record a line, for example ${program}.`,
  });
}

/** What a file is whose first line says that it is no file of records, in words, and a program for it; or null. */
function documentBegunBy(line: string): [document: string, program: string] | null {
  const text = line.trim();
  if (text.startsWith('[') && !isList(text)) return ['one JSON array', 'jq -c ".[]" FILE > NEW.jsonl'];
  const begun = /^\{(.*[{[,:])?$/s.test(text) && !/\}\s*,$/.test(text);
  if (!begun) return null;
  return [
    'one JSON object over several lines',
    'jq -c "." FILE > NEW.jsonl (".data[]" for a list in "data")',
  ];
}

/** A whole list of anything but records is a line of data, if a broken one. */
function isList(text: string): boolean {
  try {
    const list = parseJsonText(text);
    return Array.isArray(list) && list.length > 0 && list.every((entry) => typeof entry !== 'object');
  } catch {
    return false;
  }
}

async function firstLine(path: string, { report: _, signal }: Reading): Promise<string | undefined> {
  for await (const lines of lineBlocks(path, { report: () => {}, signal, label: '' })) {
    const line = lines.find((text) => text instanceof BrokenLine || text.trim() !== '');
    if (line !== undefined) return line instanceof BrokenLine ? undefined : line;
  }
  return undefined;
}
