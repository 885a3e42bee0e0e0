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
