import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';
import type { AnsweredItem, Understood } from './understood.ts';

/** A question and its answer. */
export interface Turn {
  id: number;
  /** What was asked; null for "recommend from the history". */
  question: string | null;
  /** What the answer starts from. */
  from: readonly ItemCard[];
  /** The wish that was searched for. */
  query: string | null;
  items: readonly AnsweredItem[];
  /** The whole answer in words: what the next question may refer to. */
  said: string;
  /** Its words before the first item. */
  head: string;
  notes: readonly string[];
  /** Null where the server does not tell. */
  understood: Understood | null;
  /** Nothing is known that the list could start from. */
  isPopular: boolean;
  state: 'answering' | 'done' | 'failed';
  error: string | null;
}
