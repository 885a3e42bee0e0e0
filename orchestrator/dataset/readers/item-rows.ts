import { categoryPath } from '../source/category-path.ts';
import { itemOf } from '../source/item-text.ts';
import { createAttributeColumns } from './attribute-columns.ts';
import type { WantedColumn } from './choose-columns.ts';
import type { Reading } from './reader.ts';
import { refuseHeader } from './refuse-header.ts';
import { itemColumns } from './wanted-columns.ts';

export interface ItemRows {
  /** The columns to hand over, in this order, given those that are there. */
  wanted(names: readonly string[]): WantedColumn[];
  take(values: unknown[]): void;
  /** Call once behind the last row. */
  finish(): void;
}

/** Makes items from the rows of a table by `item_columns`; texts are also found under the names of their keys. */
export function createItemRows(path: string, reading: Reading): ItemRows {
  const attributes = createAttributeColumns(path, reading);
  let first = typeof reading.settings.item_columns.item === 'number';
  return {
    wanted: (names) => itemColumns(reading.settings, names),
    take: ([id, title, description, categories, brand, keywords, ...others]) => {
      if (first) {
        first = false;
        refuseHeader([id], 'item_columns');
      }
      const texts = { title, description, categories: categoryPath(categories), brand, keywords };
      reading.staging.addItem(itemOf(id, texts, attributes.read(others)));
    },
    finish: attributes.finish,
  };
}
