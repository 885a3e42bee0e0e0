import { cachedMatrix } from '../../embedding/cached-matrix.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { hashNumbers } from '../../storage/hash.ts';

/** Encodes texts that are the same at every opening, [texts x width]. */
export type EncodeOnce = (texts: readonly string[]) => Promise<Matrix>;

/**
 * Vectors of the same texts are kept in `folder` for the next opening. They hold for these item vectors: another encoder
 * would have made others. Where nothing can be written, they are made each time.
 */
export function keepVectors(folder: string, items: Matrix, encode: EncodeOnce): EncodeOnce {
  const known = hashNumbers(items.data);
  return (texts) => cachedMatrix(folder, { items: known, texts }, () => encode(texts));
}
