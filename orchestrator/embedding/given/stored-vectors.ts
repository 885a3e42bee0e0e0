import type { Matrix } from '../../shared/matrix.ts';

/** Vectors as a file has them: row after row, each with the id of an item. */
export interface StoredVectors {
  ids: string[];
  /** [ids, width] */
  vectors: Matrix;
}
