import { dirname, join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { type ItemIndexReport, indexReport } from './index-report.ts';
import { parseIndex } from './parse-index.ts';
import { readStreams, writeStreams } from './streams.ts';
import { tokenName } from './token-name.ts';
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
  const keys = Array.from({ length: items }, (_, item) => String(item));
  const { index, problems } = parseIndex(readJson(path, remedy), keys);
  if (index) {
    const streams = readStreams(dirname(path), index.levels);
    return streams ? { ...index, streams } : index;
  }
  throw brokenIndex(path, items, problems, remedy);
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
