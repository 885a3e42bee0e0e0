import type { Item } from '../../dataset/types.ts';
import { fieldEncoder } from '../../embedding/semantic/field-encoder.ts';
import { itemFields } from '../../embedding/semantic/item-text.ts';
import type { TextBatchEncoder } from '../../embedding/semantic/types.ts';
import type { Matrix } from '../../shared/matrix.ts';

export interface CategoryVectors {
  /** [different categories x width] */
  vectors: Matrix;
  /** [items] row of each item, -1 without a category */
  of: Int32Array;
}

/** The categories of a catalogue, each encoded once; null where no item has any. */
export async function encodeCategories(
  items: readonly Item[],
  encode: TextBatchEncoder,
): Promise<CategoryVectors | null> {
  const rows = new Map<string, number>();
  const of = Int32Array.from(items, (item) => {
    const [text] = itemFields(item, ['categories']);
    if (text === '') return -1;
    const row = rows.get(text) ?? rows.size;
    rows.set(text, row);
    return row;
  });
  if (rows.size === 0) return null;
  return { vectors: await fieldEncoder(encode)([...rows.keys()].map((text) => [text])), of };
}
