import type { Item } from '../../dataset/types.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { embedTexts } from './embed-texts.ts';
import { type EncoderGiven, encoders } from './encoders.ts';
import { type EmbeddedItems, fitAgain } from './fit-again.ts';
import { itemFields } from './item-text.ts';
import { encodeByLsa } from './lsa-encoder.ts';
import { readLsa, saveLsa } from './lsa-files.ts';
import { otherEncoder } from './other-encoder.ts';
import type { SemanticSettings } from './settings.ts';
import type { LongWork } from './types.ts';

/**
 * Vectors of further items by the encoder of those before, [added, width]. An encoder that was fitted to the texts is
 * taken from the folder before, or fitted again to the same texts, and kept in `keepIn`. Items without text get zeros.
 * Throws a UserError where it is no longer the same encoder.
 */
export async function embedMore(
  before: EmbeddedItems,
  added: readonly Item[],
  { settings, given, keepIn }: { settings: SemanticSettings; given: EncoderGiven; keepIn: string },
  work: LongWork = {},
): Promise<Matrix> {
  if (settings.path !== null) return embedTexts([...added], settings, given, keepIn, work);
  const texts = added.map((item) => itemFields(item, settings.fields));
  if (settings.encoder === 'lsa') {
    const fitted = readLsa(before.folder) ?? (await fitAgain(before, settings, given.seed, work));
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
