import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { Understood } from '../../../orchestrator/serving/contract/understood.ts';

/** Something that was understood: a chip. */
export type Part = Understood['parts'][number];

/** Items that are recommended, and what is known of the list. */
export interface ShownList {
  /** What it starts from. */
  from: readonly ItemCard[];
  items: readonly RecommendedItem[];
  /** Null until the end of an answer, and where no words were asked. */
  understood: Understood | null;
  /** Nothing is known that the list could start from. */
  isPopular: boolean;
}

/** A question and its answer. */
export interface Turn extends ShownList {
  id: number;
  /** What was asked; null for "recommend from the history". */
  question: string | null;
  /** The whole answer in words: what the next question may refer to. */
  said: string;
  notes: readonly string[];
  state: 'answering' | 'done' | 'failed';
  error: string | null;
}
