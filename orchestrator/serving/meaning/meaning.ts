/** Finds items by what a text means, where it has no words in common with them. */
export interface Meaning {
  /** Whether it only knows words, so that a thing it does not know is nothing to it. */
  byWords: boolean;
  /** Items nearest to a text in meaning, best first, only those that fit. Empty: nothing fits. */
  nearest(text: string, count: number): Promise<{ item: number; cosine: number }[]>;
  close(): Promise<void>;
}
