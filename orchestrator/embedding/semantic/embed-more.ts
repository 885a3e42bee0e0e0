import type { Item } from '../../dataset/types.ts';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { embedTexts } from './embed-texts.ts';
import { type EncoderGiven, encoders } from './encoders.ts';
import { itemFields } from './item-text.ts';
import { encodeByLsa, type FittedLsa, fitLsa } from './lsa-encoder.ts';
import { readLsa, saveLsa } from './lsa-files.ts';
import type { SemanticSettings } from './settings.ts';
import type { LongWork } from './types.ts';

/** What further items are embedded beside. */
export interface EmbeddedItems {
  items: Item[];
  /** [items, width] as they were embedded. */
  vectors: Matrix;
  /** Where the encoder may have been kept. */
  folder: string;
}

/**
 * Vectors of further items by the encoder of those before, [added, width]. An encoder that was fitted to the texts is
 * taken from the folder before, or fitted again to the same texts, and kept in `keepIn`. Items without text get zeros.
 * Throws a UserError where it is no longer the same encoder.
 */
export async function embedMore(
  before: EmbeddedItems,
  added: readonly Item[],
  settings: SemanticSettings,
  given: EncoderGiven,
  keepIn: string,
  work: LongWork = {},
): Promise<Matrix> {
  if (settings.path !== null) return embedTexts([...added], settings, given, keepIn, work);
  const texts = added.map((item) => itemFields(item, settings.fields));
  if (settings.encoder === 'lsa') {
    const fitted = readLsa(before.folder) ?? (await fitAgain(before, settings, given, work));
    saveLsa(keepIn, fitted);
    return encodeByLsa(fitted, texts, work);
  }
  const { columns } = before.vectors;
  // An encoder of single texts, which refuses a catalogue without any.
  if (!texts.some((fields) => fields.some(Boolean))) return createMatrix(texts.length, columns);
  const vectors = await (await encoders[settings.encoder](settings, given))(texts, work);
  if (vectors.columns === columns) return vectors;
  throw otherEncoder(`it gives ${vectors.columns} numbers, and the old vectors have ${columns}`);
}

/** The singular vectors are approximations, so that the cosine to the first vector is .998 and more, but not 1. */
const leastCosine = 0.95;

async function fitAgain(
  { items, vectors }: EmbeddedItems,
  { fields, dimensions }: SemanticSettings,
  { seed }: EncoderGiven,
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

function otherEncoder(what: string): UserError {
  return new UserError('embedding/other-encoder', `is not the encoder of the old items: ${what}`, {
    place: 'embedding.semantic',
    remedy: 'Use the model and the version of eager-llm that embedded the old items, or train anew.',
  });
}
