import { closeSync, openSync, writeFileSync } from 'node:fs';
import { createBreathe } from '../../shared/breathe.ts';
import { textLines } from '../../storage/text-lines.ts';
import type { Item } from '../types.ts';
import { createSharedValues } from './shared-values.ts';

/** Items on disk, a line of JSON each, until it is known which are kept: their texts need not fit into memory together. */
export interface ItemFile {
  add(item: Item): void;
  /**
   * Reads each item whose place in the file has one in `placeOf` ([items of the file], -1 = none) to there in `items`, with
   * the id that `itemIds` has there: the same text, not a second one.
   */
  readInto(
    items: Item[],
    { placeOf, itemIds }: { placeOf: Int32Array; itemIds: readonly string[] },
    signal: AbortSignal | undefined,
  ): Promise<void>;
  close(): void;
}

/** So many characters are written at a time. */
const block = 1 << 20;

export function createItemFile(path: string): ItemFile {
  const file = openSync(path, 'wx');
  let waiting: string[] = [];
  let length = 0;
  const write = () => {
    if (waiting.length > 0) writeFileSync(file, `${waiting.join('\n')}\n`);
    waiting = [];
    length = 0;
  };
  return {
    add(item) {
      const line = JSON.stringify(item);
      waiting.push(line);
      length += line.length;
      if (length > block) write();
    },
    async readInto(items, { placeOf, itemIds }, signal) {
      write();
      const shared = createSharedValues();
      const breathe = createBreathe(signal);
      let at = 0;
      for (const line of textLines(path)) {
        const place = placeOf[at++];
        if (place >= 0) {
          const item = JSON.parse(line) as Item;
          item.item_id = itemIds[place];
          item.categories = shared.list(item.categories);
          item.brand = shared.text(item.brand);
          item.keywords = shared.list(item.keywords);
          items[place] = item;
        }
        if (at % 1000 === 0) await breathe();
      }
    },
    close: () => closeSync(file),
  };
}
