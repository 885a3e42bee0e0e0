import type { Item } from '../dataset/types.ts';
import { tokenName } from '../item-index/token-name.ts';
import type { ItemIndex } from '../item-index/types.ts';
import { plainText, titleOf } from '../prompts/item-text.ts';
import type { ItemCard, ItemDetails } from './contract/items.ts';

/** An item as it is shown: its title is never empty, and no text holds markup or control characters. */
export function cardOf(item: Item): ItemCard {
  const { item_id, attributes } = item;
  const brand = plainText(item.brand);
  const categories = item.categories.map(plainText).filter((name) => name !== '');
  return {
    item_id,
    title: titleOf(item),
    ...(brand ? { brand } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(attributes ? { attributes } : {}),
  };
}

/** All that the data say of an item. */
export function detailsOf(item: Item): Omit<ItemDetails, 'object'> {
  const keywords = item.keywords.map(plainText).filter((word) => word !== '');
  return { ...cardOf(item), description: plainText(item.description), keywords };
}

/** Notes of an answer besides its items, if there are any. */
export function withNotes(notes: string[]): { notes?: string[] } {
  return notes.length > 0 ? { notes } : {};
}

/** `<a_12>`, `<b_3>`, … */
export function codeOf({ levels, codes }: ItemIndex, item: number): string[] {
  return Array.from({ length: levels }, (_, level) => tokenName(level, codes[item * levels + level]));
}
