import { wordsOf } from '../../embedding/semantic/words.ts';
import { isFiller, isUnit } from '../../understanding/index.ts';

/** Words of a title that tell what a thing is: no "for", no numbers and no amounts ("8.5 fluid ounce", "pack of 2"). */
export function labelWords(title: string): string[] {
  const words = wordsOf(title);
  const isNumber = (word = '') => /^\p{N}/u.test(word);
  const isAmount = (at: number) =>
    (isUnit(words[at]) && (isNumber(words[at - 1]) || isNumber(words[at - 2]))) ||
    (isUnit(words[at]) && words[at + 1] === 'of' && isNumber(words[at + 2])) ||
    (isNumber(words[at - 1]) && isUnit(words[at + 1] ?? ''));
  const told = words.filter(
    (word, at) => word.length > 2 && !isNumber(word) && !isFiller(word) && !isAmount(at),
  );
  return [...new Set(told)];
}
