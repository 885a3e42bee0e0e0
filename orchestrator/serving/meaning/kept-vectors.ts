import { cachedEmbedding } from '../../embedding/semantic/cached-embedding.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { hashNumbers } from '../../storage/hash.ts';

/** Encodes texts that are the same at every opening, [texts x width]. */
export type EncodeOnce = (texts: readonly string[]) => Promise<Matrix>;

/**
 * Vectors of the same texts are kept in `folder` for the next opening. They hold for these item vectors: another encoder
 * would have made others. Where nothing can be written, they are made each time.
 */
export function keepVectors(folder: string, items: Matrix, encode: EncodeOnce): EncodeOnce {
  return async (texts) => {
    const key = { items: hashNumbers(items.data), texts };
    let made: Matrix | undefined;
    const make = async () => {
      made = await encode(texts);
      return made;
    };
    try {
      return await cachedEmbedding(folder, key, make);
    } catch (error) {
      if (made) return made;
      throw error;
    }
  };
}
