import type { Item } from '../types.ts';
import { forEachRow, type RowsAsked } from './table-rows.ts';

/**
 * Reads the staged items of some positions, each to its place in `items`. The table is scanned, and neither sorted, grouped
 * nor joined: each of these would hold all texts in memory.
 */
export async function placeItems(
  asked: Omit<RowsAsked, 'query'>,
  placeOf: ReadonlyMap<number, number>,
  items: Item[],
): Promise<void> {
  const query = 'SELECT position::DOUBLE, item FROM raw_items';
  await forEachRow({ ...asked, query }, ([position, item]) => {
    const place = placeOf.get(Number(position));
    if (place !== undefined) items[place] = JSON.parse(String(item)) as Item;
  });
}
