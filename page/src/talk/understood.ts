import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';

/** Something that was understood: a chip, which can be removed or changed. */
export interface Part {
  key: string;
  kind: string;
  /** For people: "not squeaky", "under 50 €". */
  text: string;
}

export interface Understood {
  parts: readonly Part[];
  intent: { wishes: readonly { text: string }[]; had: readonly string[]; liked: readonly string[] };
}

/** Why an item is in the answer. */
export type Reason =
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'meaning' }
  | { kind: 'follows'; item: ItemCard }
  | { kind: 'often-next' }
  | { kind: 'popular' }
  | { kind: 'listed' };

export interface AnsweredItem extends RecommendedItem {
  why?: Reason;
  /** Which of several wishes it answers. */
  wish?: number;
}
