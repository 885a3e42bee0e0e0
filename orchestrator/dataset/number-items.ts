import type { Staging } from './source/staging.ts';

export interface NumberedItems {
  /** [items] their ids in the log's table. */
  keys: Int32Array;
  /** [ids of the log's table] the item's number; -1 = it is left out. */
  itemOf: Int32Array;
  /** [items] the entry of its texts; -1 = it has none. */
  entryOf: Int32Array;
  /** [entries] the number of the item whose texts these are; -1 = nobody's. */
  placeOf: Int32Array;
  /** Whether an interaction with it is kept. */
  isInLog(number: number): boolean;
}

/**
 * Numbers items: first those with texts, in the order of their first entries, then the others by their first event.
 * `whole`: also those that nobody took and that are on offer.
 */
export function numberItems(
  events: Int32Array,
  { log, entries }: Pick<Staging, 'log' | 'entries'>,
  whole: boolean,
): NumberedItems {
  const inLog = new Uint8Array(log.items.size());
  for (const item of events) inLog[item] = 1;
  const itemOf = new Int32Array(log.items.size()).fill(-1);
  const placeOf = new Int32Array(entries.items.length).fill(-1);
  const keys: number[] = [];
  const entryOf: number[] = [];
  const add = (item: number, entry: number) => {
    itemOf[item] = keys.length;
    keys.push(item);
    entryOf.push(entry);
  };
  entries.items.forEach((item, entry) => {
    if (itemOf[item] >= 0 || !(inLog[item] || (whole && entries.offered[entry]))) return;
    placeOf[entry] = keys.length;
    add(item, entry);
  });
  for (const item of events) if (itemOf[item] < 0) add(item, -1);
  return {
    keys: Int32Array.from(keys),
    itemOf,
    entryOf: Int32Array.from(entryOf),
    placeOf,
    isInLog: (number) => inLog[keys[number]] === 1,
  };
}
