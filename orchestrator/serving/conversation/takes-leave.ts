import { wordsOf } from '../../embedding/semantic/words.ts';
import { closingWords, isFiller, praiseWords } from '../../understanding/index.ts';

/** Whether a text thanks, praises or takes leave, and says nothing else; beside thanks, what is no word says nothing. */
export function takesLeave(text: string, isWord: (word: string) => boolean): boolean {
  const words = wordsOf(text);
  const isThanks = words.some((word) => closingWords.has(word));
  const saysNothing = (word: string) =>
    closingWords.has(word) || praiseWords.has(word) || isFiller(word) || (isThanks && !isWord(word));
  return (
    !text.includes('?') &&
    (isThanks || words.some((word) => praiseWords.has(word))) &&
    words.every(saysNothing)
  );
}
