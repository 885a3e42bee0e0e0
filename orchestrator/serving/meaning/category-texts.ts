import type { Item } from '../../dataset/types.ts';
import { itemFields } from '../../embedding/semantic/item-text.ts';

export interface CategoryTexts {
  /** Each once. */
  texts: string[];
  /** [items] which of the texts is that of an item, -1 without a category */
  of: Int32Array;
}

/** The categories of a catalogue as texts. */
export function categoryTexts(items: readonly Item[]): CategoryTexts {
  const rows = new Map<string, number>();
  const of = Int32Array.from(items, (item) => {
    const [text] = itemFields(item, ['categories']);
    if (text === '') return -1;
    const row = rows.get(text) ?? rows.size;
    rows.set(text, row);
    return row;
  });
  return { texts: [...rows.keys()], of };
}
