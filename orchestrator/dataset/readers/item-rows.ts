import { categoryPath } from '../source/category-path.ts';
import { itemOf } from '../source/item-text.ts';
import { createAttributeColumns } from './attribute-columns.ts';
import type { WantedColumn } from './choose-columns.ts';
import type { Reading } from './reader.ts';

const textKeys = ['item', 'title', 'description', 'categories', 'brand', 'keywords'] as const;

export interface ItemRows {
  /** The columns to hand over, in this order, given those that are there. */
  wanted(names: readonly string[]): WantedColumn[];
  take(values: unknown[]): void;
  /** Call once behind the last row. */
  finish(): void;
}

/** Makes items from the rows of a table by `item_columns`; texts are also found under the names of their keys. */
export function createItemRows(path: string, reading: Reading): ItemRows {
  const { item_columns } = reading.settings;
  const attributes = createAttributeColumns(path, reading);
  return {
    wanted: (names) => [
      ...textKeys.map((key) => ({
        name: item_columns[key] ?? (names.includes(key) ? key : null),
        key: `item_columns.${key}`,
      })),
      ...attributes.wanted,
    ],
    take: ([id, title, description, categories, brand, keywords, ...others]) => {
      const texts = { title, description, categories: categoryPath(categories), brand, keywords };
      reading.staging.addItem(itemOf(id, texts, attributes.read(others)));
    },
    finish: attributes.finish,
  };
}
