import type { Item } from '../../dataset/types.ts';
import { type Matrix, rowOf } from '../../shared/matrix.ts';
import { itemFields } from './item-text.ts';
import { encodeByLsa, type FittedLsa, fitLsa } from './lsa-encoder.ts';
import { otherEncoder } from './other-encoder.ts';
import type { SemanticSettings } from './settings.ts';
import type { LongWork } from './types.ts';

/** Items and what an encoder made of them. */
export interface EmbeddedItems {
  items: Item[];
  /** [items, width] as they were embedded. */
  vectors: Matrix;
  /** Where the encoder may have been kept. */
  folder: string;
}

/** The singular vectors are approximations, so that the cosine to the first vector is .998 and more, but not 1. */
const leastCosine = 0.95;

/** What `lsa` learned from these items. Throws a UserError where it does not give their vectors. */
export async function fitAgain(
  { items, vectors }: EmbeddedItems,
  { fields, dimensions }: SemanticSettings,
  seed: number,
  work: LongWork,
): Promise<FittedLsa> {
  const texts = items.map((item) => itemFields(item, fields));
  const fitted = await fitLsa(texts, { dimensions, seed }, work);
  const again = await encodeByLsa(fitted, texts, work);
  for (let item = 0; item < items.length; item++) {
    const [old, now] = [rowOf(vectors, item), rowOf(again, item)];
    const cosine = now.reduce((sum, value, at) => sum + value * old[at], 0);
    if (old.some((value) => value !== 0) && !(cosine > leastCosine))
      throw otherEncoder(`the vector of "${items[item].item_id}" comes out differently`);
  }
  return fitted;
}
