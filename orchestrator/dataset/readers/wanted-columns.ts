import type { DatasetSettings } from '../settings.ts';
import { attributesOf } from './attribute-columns.ts';
import type { WantedColumn } from './choose-columns.ts';

const eventKeys = ['user', 'item', 'time', 'rating', 'quantity'] as const;
const textKeys = ['item', 'title', 'description', 'categories', 'brand', 'keywords'] as const;

/** The columns of interactions that a recipe names. */
export function eventColumns({ columns }: DatasetSettings): WantedColumn[] {
  return eventKeys.map((key) => ({ name: columns[key], key: `columns.${key}` }));
}

/** Those of items, given the names that are there: texts are also found under the names of their keys. */
export function itemColumns(settings: DatasetSettings, names: readonly string[]): WantedColumn[] {
  const { item_columns } = settings;
  const texts = textKeys.map((key) => ({
    name: item_columns[key] ?? (names.includes(key) ? key : null),
    key: `item_columns.${key}`,
  }));
  return [...texts, ...attributesOf(settings).map(({ name, key }) => ({ name, key }))];
}
