import { wordsOf } from '../../embedding/semantic/words.ts';
import { type Intent, isFiller } from '../../understanding/index.ts';

/** Whether an intent has nothing that an answer could start from, and nothing that has to be answered. */
export function asksNothing(intent: Intent): boolean {
  const { wishes, without, limits, had, liked, order, question, after_latest } = intent;
  const lists = [wishes, without, limits, had, liked];
  return lists.every(({ length }) => length === 0) && order === null && question === null && !after_latest;
}

/** Whether a text has more than greetings and small words, or signs alone: where nothing is read from it, that has to be said. */
export function asksSomething(text: string): boolean {
  const words = wordsOf(text);
  return words.length === 0 ? text.trim() !== '' : words.some((word) => !isFiller(word));
}
