import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { TreeShape } from './branching.ts';
import type { ItemIndexSettings, Source } from './settings.ts';

export type { Source } from './settings.ts';

/**
 * Which code stands for which item: `levels` digits an item, each an integer in [0, levelSizes[level]).
 * Token names are `<a_12>` for digit 12 of level 0, `<b_3>` for digit 3 of level 1, and so on.
 * Indices made here are free of collisions unless asked otherwise; ones read from elsewhere may have several items on one code.
 */
export interface ItemIndex {
  levels: number;
  /** [levels] number of digits in use at each level (largest digit + 1) */
  levelSizes: number[];
  /** [items * levels], row-major */
  codes: Int32Array;
  /** Where an item has a code of each source instead of one of all: the parts of the whole code, in its order. */
  streams?: readonly { name: Source; levels: number }[] | undefined;
}

/** The settings, and what the codes are made from. */
export interface BuildItemIndexOptions extends Omit<ItemIndexSettings, 'path' | 'module' | 'sources'> {
  /** Which sources are used, in the order of their digits. */
  sources: readonly Source[];
  /** [items, any width] one row an item */
  semantic?: Matrix;
  /** [items, any width] one row an item */
  behaviour?: Matrix;
  seed: number;
}

/** Codes that are not yet final: `levels` digits an item, perhaps shared by several items. */
export interface Paths {
  levels: number;
  /** [items * levels], row-major */
  codes: Int32Array;
}

/** What a tree of clusters is given beside the points. */
export type TreeGiven = Pick<MethodGiven, 'shape' | 'label' | 'seed' | 'report' | 'signal'>;

/** What a way of making codes is given beside the points. */
export interface MethodGiven {
  /** Children of a node, and digits of a path. */
  shape: TreeShape;
  settings: Pick<BuildItemIndexOptions, 'faithful' | 'collaborative_weight' | 'diversity_weight' | 'rq_vae'>;
  /** What the points are of: a source, or `embeddings` for all together. For draws and messages. */
  label: string;
  /** The behaviour vectors of the items, prepared as the points are. Throws a UserError where there are none. */
  behaviour: () => Matrix;
  seed: number;
  report: Reporter;
  signal?: AbortSignal | undefined;
}

/** A way of making codes: a path for each of the points [items, width], which need not be unique. */
export type IndexMethod = (points: Matrix, given: MethodGiven) => Promise<Paths>;
