/** What the voices say of one item, each the log of a probability. */
export interface Voices {
  /** Null where no beam has found it. */
  model: number | null;
  encoder: number;
}

/** An item that may stand in the list. */
export interface Candidate extends Voices {
  item: number;
}

/** Features that come from one kind of evidence. */
export interface FeatureGroup {
  names: readonly string[];
  /** Names of those that are not known of an item that nobody took. */
  ofTakers: readonly string[];
  /** Finds what is needed of candidates before their features are made. */
  prepare?(items: readonly number[]): Promise<void>;
  /**
   * Writes the features of each candidate: `row(place)` holds those of this group, in the order of its names, 0 before.
   * `history`: oldest first, not empty.
   */
  fill(history: Int32Array, candidates: readonly Candidate[], row: (place: number) => Float32Array): void;
}

/** Items at the end of a history that are compared with a candidate, the latest first. */
export function lateItems(history: Int32Array): Int32Array {
  return history.subarray(-mostLate).toReversed();
}

const mostLate = 10;

/** What a late item counts, so many steps before the last one. */
export function weightOf(back: number): number {
  return 0.7 ** back;
}
