import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isFile } from '../storage/is-file.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { textLines } from '../storage/text-lines.ts';
import { type ItemIndexReport, indexReport } from './index-report.ts';
import { parseDigit, parseIndex } from './parse-index.ts';
import { withLevelSizes } from './paths.ts';
import { readStreams, writeStreams } from './streams.ts';
import { maximalLevels, tokenName } from './token-name.ts';
import type { ItemIndex } from './types.ts';

export const indexFileName = 'index.json';

/**
 * Writes `index.json` in LC-Rec's form, `{"0": ["<a_12>","<b_3>"], …}` by item number, and `index-report.json`, which
 * names the items that share a code by their ids. `itemIds` [items]. Returns the report.
 */
export function writeItemIndex(
  folder: string,
  index: ItemIndex,
  itemIds: readonly string[],
): ItemIndexReport {
  const items = index.codes.length / index.levels;
  if (itemIds.length !== items)
    throw new RangeError(`an index of ${items} items does not fit ${itemIds.length} item ids`);
  const report = indexReport(index);
  writeFileAtomic(join(folder, indexFileName), indexLines(index));
  writeStreams(folder, index);
  writeJson(join(folder, 'index-report.json'), {
    ...report,
    largest_group_items: report.largest_group_items.map((item) => itemIds[item]),
  });
  return report;
}

/**
 * Reads an `index.json` that was written here, by item number; several items may share a code. `items` is the size of
 * the catalogue. Everything that is wrong with the file comes in one UserError.
 */
export function readItemIndex(path: string, items: number): ItemIndex {
  const remedy =
    'An index file has the form {"0": ["<a_12>","<b_3>"], …}, one entry an item number. Copy it again, or let the item index be built from the embeddings.';
  const { index, problems } = readAsWritten(path, items) ?? readWhole(path, items, remedy);
  if (index) {
    const streams = readStreams(dirname(path), index.levels);
    return streams ? { ...index, streams } : index;
  }
  throw brokenIndex(path, items, problems, remedy);
}

/** Line by line, as `writeItemIndex` wrote it; null for a file of any other form, whose problems are for `readWhole`. */
function readAsWritten(path: string, items: number): ReturnType<typeof parseIndex> | null {
  if (!isFile(path)) return null;
  let codes = new Int32Array(0);
  let levels = 0;
  let item = -1;
  let last = '';
  for (const line of textLines(path)) {
    last = line;
    if (line === '{' || line === '}') continue;
    const found = /^"(\d+)": \["([^\]]*)"\],?$/.exec(line);
    if (!found || Number(found[1]) !== ++item || item >= items) return null;
    const names = found[2].split('","');
    if (item === 0) {
      levels = names.length;
      if (levels > maximalLevels) return null;
      codes = new Int32Array(items * levels);
    }
    if (names.length !== levels) return null;
    for (const [level, name] of names.entries()) {
      const digit = parseDigit(name, level);
      if (typeof digit === 'string') return null;
      codes[item * levels + level] = digit;
    }
  }
  return last === '}' && item + 1 === items
    ? { index: withLevelSizes({ levels, codes }), problems: [] }
    : null;
}

function readWhole(path: string, items: number, remedy: string): ReturnType<typeof parseIndex> {
  const keys = Array.from({ length: items }, (_, item) => String(item));
  return parseIndex(readJson(path, remedy), keys);
}

/** All that is wrong with an index file, long lists cut. */
export function brokenIndex(path: string, items: number, problems: string[], remedy: string): UserError {
  const listed = problems.slice(0, 10).map((problem) => `\n  - ${problem}`);
  const more = problems.length > 10 ? `\n  - and ${problems.length - 10} more` : '';
  return new UserError(
    'item-index/broken-file',
    `is not an index of this catalogue (${items} items):${listed.join('')}${more}`,
    { place: path, remedy },
  );
}

/** In pieces, so that a large index is never one string. */
function* indexLines({ levels, codes }: ItemIndex): Generator<string> {
  const items = codes.length / levels;
  let piece = '{';
  for (let item = 0; item < items; item++) {
    const names = Array.from({ length: levels }, (_, level) =>
      tokenName(level, codes[item * levels + level]),
    );
    piece += `${item ? ',' : ''}\n"${item}": ${JSON.stringify(names)}`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n}\n`;
}
