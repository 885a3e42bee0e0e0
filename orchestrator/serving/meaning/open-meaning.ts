import { fieldEncoder } from '../../embedding/semantic/field-encoder.ts';
import type { EmbeddedItems } from '../../embedding/semantic/fit-again.ts';
import type { SemanticSettings } from '../../embedding/semantic/settings.ts';
import type { LongWork } from '../../embedding/semantic/types.ts';
import { openQueryEncoder } from '../../opened-run/query-encoder.ts';
import { createBreathe } from '../../shared/breathe.ts';
import { type EncodeOnce, keepVectors } from './kept-vectors.ts';
import type { Meaning } from './meaning.ts';
import { meaningOfSentences } from './meaning-of-sentences.ts';
import { meaningOfWords } from './meaning-of-words.ts';

/**
 * Opens the semantic encoder of a run for requests, and learns from the catalogue what fits; other work may run in
 * between. Vectors that every opening needs are kept in `keepIn`, no folder of a stage. Null where the run keeps no encoder. Throws as `openQueryEncoder` does.
 */
export async function openMeaning(
  embedded: EmbeddedItems,
  settings: SemanticSettings,
  seed: number,
  work: LongWork & { keepIn?: string } = {},
): Promise<Meaning | null> {
  const encoder = await openQueryEncoder(embedded, settings, seed, work);
  if (!encoder) return null;
  const { encode, words, prefixes, dispose } = encoder;
  const breathe = createBreathe(work.signal);
  const fields = fieldEncoder(encode);
  const encodeAll: EncodeOnce = (texts) =>
    fields(
      texts.map((text) => [text]),
      { signal: work.signal },
    );
  const encodeOnce = work.keepIn ? keepVectors(work.keepIn, embedded.vectors, encodeAll) : encodeAll;
  try {
    const nearest = words
      ? await meaningOfWords(embedded, seed, { encode, words, breathe })
      : await meaningOfSentences(embedded, seed, { encode, prefixes, encodeOnce, breathe });
    return { byWords: words !== null, nearest, close: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
