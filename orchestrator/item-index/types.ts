import type { Matrix } from '../shared/matrix.ts';
import type { Regularisers } from './rq-vae/regularisers.ts';

/**
 * Which code stands for which item: `levels` digits an item, each an integer in [0, levelSizes[level]).
 * Token names are `<a_12>` for digit 12 of level 0, `<b_3>` for digit 3 of level 1, and so on.
 * Indices made here are free of collisions; ones read from elsewhere may have several items on one code.
 */
export interface ItemIndex {
  levels: number;
  /** [levels] number of digits in use at each level (largest digit + 1) */
  levelSizes: number[];
  /** [items * levels], row-major */
  codes: Int32Array;
}

export const sourceNames = ['semantic', 'behaviour'] as const;

/** What an item is (`semantic`), and how people use it (`behaviour`). */
export type Source = (typeof sourceNames)[number];

export const indexMethods = ['hierarchical-kmeans', 'residual-kmeans', 'rq-vae', 'random'] as const;

/** `random` is the floor: codes of the same shape that mean nothing. */
export type IndexMethod = (typeof indexMethods)[number];

export interface BuildItemIndexOptions {
  /** Defaults to `hierarchical-kmeans`. */
  method?: IndexMethod;
  /** [items, any width] one row an item */
  semantic?: Matrix;
  /** [items, any width] one row an item */
  behaviour?: Matrix;
  /** `codes`: one path a source, one after the other. `embeddings`: one path over the joined embeddings. */
  fusion: 'codes' | 'embeddings';
  /** Which sources are used, in the order of their digits. */
  sources: readonly Source[];
  /** Children of a node; `auto` chooses from the number of items (see `chooseShape`). */
  branching: 'auto' | number;
  /** The published way, in all its details; see `buildFaithfulTree`. */
  faithful: boolean;
  /**
   * With `fusion: codes`, how many digits of each source's path are kept (default: all of them). Where the
   * digits kept do not tell all items apart, one more digit at the end does.
   */
  digits?: Partial<Record<Source, number>>;
  /** With `fusion: codes`: the last digit is one of so many and close to an item's own; 0 or absent: as few as needed. */
  identityDigits?: number;
  /** method `rq-vae`: what LETTER adds to its loss. */
  regularisers?: Regularisers;
  seed: number;
}

/** Codes that are not yet final: `levels` digits an item, perhaps shared by several items. */
export interface Paths {
  levels: number;
  /** [items * levels], row-major */
  codes: Int32Array;
}
