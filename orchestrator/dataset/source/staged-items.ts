import type { Item } from '../types.ts';
import { forEachRow, type RowsAsked } from './table-rows.ts';

/** Scans the staged items in any order, one at a time in memory; `item` reads the text of the one at `position`. */
export async function forEachItem(
  asked: Omit<RowsAsked, 'query'>,
  take: (position: number, item: () => Item) => void,
): Promise<void> {
  const query = 'SELECT position::DOUBLE, item FROM raw_items';
  await forEachRow({ ...asked, query }, ([position, item]) =>
    take(Number(position), () => JSON.parse(String(item)) as Item),
  );
}
