/** What an item has besides its texts: `price` and `stock` are numbers, `image` and `url` texts. */
export type AttributeValue = string | number | string[];

/** One item of the catalogue; its place in the list is its item number everywhere else. */
export interface Item {
  item_id: string;
  title: string;
  description: string;
  /** From general to special, as the source gives them; may be empty. */
  categories: string[];
  brand: string;
  keywords: string[];
  /** By name; absent where there are none. */
  attributes?: Record<string, AttributeValue> | undefined;
}

/**
 * A prepared dataset: users' interactions in time order, split, items numbered from 0.
 * User `u` has events `events[offsets[u] .. offsets[u + 1])`; of these
 * `[offsets[u], trainEnd[u])` are training, `[trainEnd[u], validationEnd[u])` validation targets,
 * `[validationEnd[u], offsets[u + 1])` test targets. The history of a target is what stands before it.
 */
export interface Dataset {
  items: Item[];
  userIds: string[];
  /** [users + 1] */
  offsets: Int32Array;
  /** [events] item numbers, oldest first within a user */
  events: Int32Array;
  /** [events] seconds since 1970; absent where the log has no times, and on datasets of before they were kept. */
  times?: Float64Array;
  /** [users] absolute position in `events` */
  trainEnd: Int32Array;
  /** [users] absolute position in `events` */
  validationEnd: Int32Array;
  /** History is cut to the latest so many items. */
  historyLimit: number;
  /** How it was prepared, for the result's protocol; absent on datasets made by hand. */
  protocol?: DatasetProtocol;
  /** Share of the pairs of neighbours within users that have one time; absent where the log has no times. */
  equalTimes?: number;
  /** What a reader of results should know of the data: order, repeats, texts. */
  notices?: string[];
  /** What an earlier run has learned of it already; absent where there is no such run. */
  continued?: Continued;
}

/** Where a dataset goes on from the dataset of an earlier run. */
export interface Continued {
  /** Items [0, items) are those of the earlier run, the others are new. */
  items: number;
  /** Items that the codes were made for; those behind them were given codes later. */
  codedFirst: number;
  /** [users] absolute position in `events`: training events before it have been learned. */
  learned: Int32Array;
}

export interface DatasetProtocol {
  split: 'leave-one-out' | 'time' | 'none';
  /** Only for `split: time`: validation begins at the first, test at the second (both belong to the later part). */
  timeCuts: [number, number] | null;
  kCore: number;
  duplicates: 'keep' | 'first';
  minRating: number | null;
  requireMetadata: boolean;
}

export type Split = 'validation' | 'test';

/** One question of the full ranking: which item comes after this history? */
export interface EvaluationCase {
  user: number;
  /** At most `historyLimit` item numbers, oldest first. */
  history: Int32Array;
  /** All that the user had before the target, which the history is the end of. */
  seen: Int32Array;
  target: number;
  /** Where the target stands in the dataset's events. */
  event: number;
}
