import { wordsOf } from '../../embedding/semantic/words.ts';

/** What follows says something about the thing: "headphones for the gym". */
const linking = new Set(
  'for with of by from in on to against without that which who under over at like as'.split(' '),
);

/**
 * Whether a wish names a thing that the catalogue does not know, even where it knows a word beside it: a winter coat is
 * no hand cream for the winter, a phone case no pillow case. English names things by their last word.
 */
export function namesWhatIsUnknown(
  text: string,
  words: readonly string[],
  isKnown: (word: string) => boolean,
): boolean {
  const asked = new Set(words);
  const said = wordsOf(text);
  const end = said.findIndex((word, at) => at > 0 && linking.has(word) && asked.has(said[at - 1]));
  const phrase = said.slice(0, end < 0 ? said.length : end).filter((word) => asked.has(word));
  const named = phrase.length > 0 ? phrase : words;
  const head = named.findLast((word) => !isParticiple(word) || isKnown(word));
  if (head === undefined) return true;
  if (!isKnown(head)) return true;
  const before = named[named.indexOf(head) - 1];
  const others = words.filter((word) => word !== head && isKnown(word));
  return before !== undefined && !isKnown(before) && !isParticiple(before) && others.length === 0;
}

/** "My cat is bored": bored is no thing. */
function isParticiple(word: string): boolean {
  return /(?:ed|ly)$/.test(word) && word.length > 4;
}
