import type { Matrix } from '../../shared/matrix.ts';
import type { Reporter } from '../../shared/reporter.ts';

/**
 * Turns the texts of all items into vectors.
 * `texts` is [items][fields]: the same number of fields for every item, empty strings where an item has none.
 * The result is [items x width]; rows have length 1, and an item without any usable text has a row of zeros.
 */
export type SemanticEncoder = (texts: string[][], work?: LongWork) => Promise<Matrix>;

/** One vector a text, [texts x width]: what a language model has to offer to become a `SemanticEncoder`. */
export type TextBatchEncoder = (texts: string[]) => Promise<Matrix>;

export interface LongWork {
  report?: Reporter | undefined;
  signal?: AbortSignal | undefined;
}
