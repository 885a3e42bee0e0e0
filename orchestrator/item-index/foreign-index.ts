import { readJson } from '../storage/json-file.ts';
import { brokenIndex } from './index-file.ts';
import { parseIndex, shown } from './parse-index.ts';
import type { ItemIndex } from './types.ts';

const remedy =
  'An index made elsewhere has the form {"ITEM": ["<a_12>","<b_3>"], …} with an entry for every item of the catalogue, by its id in the log. Correct the keys, filter the data as for the index, or let the item index be built from the embeddings.';

export interface ForeignIndex {
  index: ItemIndex;
  /** Entries of items that are not in the catalogue: filtered out, or never used. */
  leftOut: number;
}

/**
 * Reads the index file of LC-Rec and its followers: codes by item id, whatever the order, with entries of items that are
 * not in the catalogue. `itemIds` [items] are the catalogue's own. `names`: where the file's keys are item numbers, the
 * ids of those items. Everything that is wrong with the file comes in one UserError.
 */
export function readForeignIndex(
  path: string,
  itemIds: readonly string[],
  names: readonly string[] | null = null,
): ForeignIndex {
  const content = readJson(path, remedy);
  const entries = isObject(content) ? content : {};
  const keys = Object.keys(entries);
  const fail = (problems: string[]) => brokenIndex(path, itemIds.length, problems, remedy);
  if (names && keys.length !== names.length)
    throw fail([`it has ${keys.length} entries, the run that it lies in ${names.length} items`]);
  const byId = names ? renamed(entries, names) : content;
  if (keys.length > 0 && !itemIds.some((id) => Object.hasOwn(byId as object, id)))
    throw fail([
      `none of its keys is an item's id: they are such as ${keys.slice(0, 3).map(shown).join(', ')}, the catalogue's ids such as ${itemIds.slice(0, 3).map(shown).join(', ')}`,
    ]);
  const { index, problems } = parseIndex(byId, itemIds, { leftOut: true });
  if (index) return { index, leftOut: keys.length - itemIds.length };
  throw fail(problems);
}

function renamed(entries: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).map(([key, code]) => [names[Number(key)] ?? key, code]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
