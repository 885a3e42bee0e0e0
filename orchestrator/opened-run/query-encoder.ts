import { type EmbeddedItems, fitAgain } from '../embedding/semantic/fit-again.ts';
import { encodeByLsa } from '../embedding/semantic/lsa-encoder.ts';
import { readLsa } from '../embedding/semantic/lsa-files.ts';
import type { SemanticSettings } from '../embedding/semantic/settings.ts';
import { openTextModel } from '../embedding/semantic/text-model.ts';
import type { LongWork } from '../embedding/semantic/types.ts';
import type { Matrix } from '../shared/matrix.ts';

export interface Prefixes {
  query: string;
  text: string;
}

/** Gives a text the vector that the semantic encoder of a run would give it, prefixes included. */
export interface QueryEncoder {
  /** [texts x width], rows of length 1, in the space of the run's item vectors; zeros where nothing is known. */
  encode(texts: readonly string[]): Promise<Matrix>;
  /** What requests, and texts of items, begin with for this encoder. */
  prefixes: Prefixes;
  /** All words that count; null for an encoder that reads sentences. */
  words: ReadonlySet<string> | null;
  dispose(): Promise<void>;
}

/**
 * Opens the encoder of a run: what `lsa` learned is kept beside the vectors, or learned again from the same texts (older
 * runs); a feature-extraction model is loaded and held. Null where the vectors came from the base model, which is not
 * opened a second time for this. Throws a UserError where the model cannot be had, or is not that of the vectors.
 */
export async function openQueryEncoder(
  embedded: EmbeddedItems,
  settings: SemanticSettings,
  seed: number,
  work: LongWork = {},
): Promise<QueryEncoder | null> {
  // Vectors that were made elsewhere come without their encoder.
  if (settings.path !== null) return null;
  if (settings.encoder === 'lsa') {
    const fitted = readLsa(embedded.folder) ?? (await fitAgain(embedded, settings, seed, work));
    return {
      encode: (texts) =>
        encodeByLsa(
          fitted,
          texts.map((text) => [text]),
        ),
      prefixes: { query: '', text: '' },
      words: new Set(fitted.terms),
      dispose: async () => {},
    };
  }
  if (settings.encoder !== 'transformers' || settings.model === null) return null;
  const model = await openTextModel({ model: settings.model });
  return {
    encode: (texts) => model.encode([...texts]),
    prefixes: { query: settings.query_prefix ?? '', text: settings.text_prefix ?? '' },
    words: null,
    dispose: async () => void (await model.dispose()),
  };
}
