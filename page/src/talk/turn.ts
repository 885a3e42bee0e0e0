import type { ItemCard, RecommendedItem } from '../../../orchestrator/serving/contract/items.ts';
import type { Understood } from '../../../orchestrator/serving/contract/understood.ts';

/** Something that was understood: a chip. */
export type Part = Understood['parts'][number];

/** A question and its answer. */
export interface Turn {
  id: number;
  /** What was asked; null for "recommend from the history". */
  question: string | null;
  /** What the answer starts from. */
  from: readonly ItemCard[];
  items: readonly RecommendedItem[];
  /** The whole answer in words: what the next question may refer to. */
  said: string;
  notes: readonly string[];
  /** Null until the end of the answer, and where no words were asked. */
  understood: Understood | null;
  /** Nothing is known that the list could start from. */
  isPopular: boolean;
  state: 'answering' | 'done' | 'failed';
  error: string | null;
}
