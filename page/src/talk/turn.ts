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

/** What was answered. */
export interface Answered extends ShownList {
  /** The whole answer in words: what the next question may refer to. */
  said: string;
  notes: readonly string[];
}

/** A question and its answer. */
export interface Turn extends Answered {
  id: number;
  /** What was asked; null for "recommend from the history". */
  question: string | null;
  /** Ids of what one had when it was asked. */
  had: readonly string[];
  /** What was taken away from what was understood, the latest last. */
  earlier: readonly Earlier[];
  state: 'answering' | 'done' | 'failed';
  error: string | null;
}

/** A part that was taken away, and how the question was answered with it. */
export interface Earlier {
  part: Part;
  answer: Answered;
  /** What left the history with it. */
  forgotten: readonly ItemCard[];
}
