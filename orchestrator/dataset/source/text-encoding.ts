import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../shared/errors.ts';
import { BrokenLine } from './broken-line.ts';

export type TextEncoding = 'utf-8' | 'latin-1';

/** How many bytes of a file `withoutMark` wants to see, where there are so many. */
export const headBytes = 1024;

/** First bytes of files that are no text, whatever their name says. */
const signatures: [string, string, string][] = [
  ['504b0304', 'a ZIP archive or a workbook of Excel', 'Unpack it, or save the sheet as "CSV UTF-8".'],
  ['1f8b', 'gzipped', 'Unpack it, or let its name end in .gz.'],
  ['50415231', 'a Parquet file', 'Let its name end in .parquet (format: table).'],
  ['28b52ffd', 'compressed by zstd', 'Unpack it: zstd -d FILE.'],
  ['425a68', 'compressed by bzip2', 'Unpack it: bunzip2 FILE.'],
  ['fd377a585a00', 'compressed by xz', 'Unpack it: unxz FILE.'],
  ['53514c69746520666f726d6174', 'a SQLite database', 'Write its table as a CSV.'],
  ['25504446', 'a PDF', 'Write its table as a CSV.'],
  [
    '76657273696f6e2068747470733a2f2f',
    'a pointer of Git LFS, not the file itself',
    'Fetch the file: git lfs pull.',
  ],
];

/**
 * The first bytes of a text without a UTF-8 byte order mark; a UserError for what is not UTF-8 as a whole: UTF-16
 * and UTF-32, with or without a mark, and files that hold no text at all.
 */
export function withoutMark(path: string, bytes: Buffer): Buffer {
  refuseKind(path, bytes, 'a text file');
  const hex = bytes.toString('hex', 0, 16);
  const wide = wideEncoding(bytes, hex);
  if (wide)
    throw new UserError('dataset/not-utf-8', `is ${wide}, and a text file has to be UTF-8`, {
      place: path,
      remedy: `Save it as UTF-8 (Excel: "CSV UTF-8"), or convert it: iconv -f ${wide} -t UTF-8 FILE > NEW.`,
    });
  return hex.startsWith('efbbbf') ? bytes.subarray(3) : bytes;
}

/** Refuses a file by the name of what its first bytes show it to be, where something else is expected. */
export function refuseOtherKinds(path: string, expected: string): void {
  refuseKind(path, headOf(path), expected);
}

/** The first bytes of a file. */
export function headOf(path: string): Buffer {
  const head = Buffer.alloc(headBytes);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head));
  } finally {
    closeSync(file);
  }
}

function refuseKind(path: string, head: Buffer, expected: string): void {
  const hex = head.toString('hex', 0, 16);
  const known = signatures.find(([signature]) => hex.startsWith(signature)) ?? markupIn(head);
  if (known && known[1] !== expected)
    throw new UserError('dataset/not-text', `is ${known[1]}; expected ${expected}`, {
      place: path,
      remedy: known[2],
    });
}

function markupIn(head: Buffer): (typeof signatures)[number] | undefined {
  const start = /^(?:\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)\b/i.exec(head.toString('latin1', 0, headBytes));
  if (!start) return undefined;
  return start[1] === '?xml'
    ? ['', 'XML', 'Write its records as a CSV or as JSON lines.']
    : ['', 'a web page', 'The download failed, or wants a login: fetch the file itself.'];
}

/** One line's bytes as text; a `BrokenLine` for bytes that are not UTF-8. A file in Latin-1 may have been converted. */
export function decodeLine(bytes: Buffer, encoding: TextEncoding): string | BrokenLine {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (encoding === 'latin-1') return bytes.toString('latin1');
  const text = bytes.toString('utf8');
  const at = text.indexOf('\uFFFD');
  const around = text.slice(Math.max(0, at - 12), at + 12);
  return new BrokenLine(
    `bytes that are not UTF-8, in ${JSON.stringify(around)}`,
    'Save the file as UTF-8; one of Windows in Western Europe is converted by: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW (GB18030, SHIFT_JIS and the like for others).',
  );
}

function wideEncoding(bytes: Buffer, hex: string): string | undefined {
  if (hex.startsWith('fffe0000') || hex.startsWith('0000feff')) return 'UTF-32';
  if (hex.startsWith('fffe') || hex.startsWith('feff')) return 'UTF-16';
  // Of a text in Chinese, the letters and digits of its header alone show it.
  if (bytes.length > 3 && bytes[0] > 0 && bytes[1] === 0 && bytes[2] > 0 && bytes[3] === 0) return 'UTF-16LE';
  const nulls = [0, 0];
  const length = Math.min(bytes.length, headBytes);
  for (let at = 0; at < length; at++) if (bytes[at] === 0) nulls[at % 2]++;
  // Text of ours holds no NUL; in UTF-16 every other byte of Latin letters, digits and commas is one.
  if (nulls[0] + nulls[1] <= length / 4) return undefined;
  return nulls[0] > 0 && nulls[1] > 0 ? 'UTF-32' : nulls[0] > 0 ? 'UTF-16BE' : 'UTF-16LE';
}
