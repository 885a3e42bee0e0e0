import type { Item } from '../../dataset/types.ts';
import type { TextField } from './settings.ts';

/** The chosen fields of one item, a string each, in the order asked for; an absent field is the empty string. */
export function itemFields(item: Item, fields: readonly TextField[]): string[] {
  return fields.map((field) => {
    const value = item[field];
    return (typeof value === 'string' ? value : value.join(', ')).trim();
  });
}

/** The chosen fields of one item as a single text, empty ones left out. */
export function itemText(item: Item, fields: readonly TextField[]): string {
  return joinFields(itemFields(item, fields));
}

/** Fields of one item as a single text; a full stop keeps them apart for encoders that read sentences. */
export function joinFields(fields: readonly string[]): string {
  return fields.filter((text) => text !== '').join('. ');
}
