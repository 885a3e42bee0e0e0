import { wordsOf } from '../../embedding/semantic/words.ts';
import { isFiller, isProperty } from '../../understanding/index.ts';
import { firm } from './held-words.ts';
import { wordForms } from './word-forms.ts';

/** What follows says something about the thing: "headphones for the gym". */
const linking = new Set(
  'for with of by from in on to against without that which who under over at like as'.split(' '),
);

/** How firmly any item holds a word; 0 where none does. */
type StrengthOf = (word: string) => number;

/** What a wish names: the part before what says more about it, and the words there that count, the thing last. */
interface Named {
  first: readonly string[];
  words: readonly string[];
  /** Undefined where no word is one for a thing. */
  head: string | undefined;
}

/** English names things by their last word: "dry hands in winter" are hands. `words`: those of the wish that count. */
export function thingOf(text: string, words: readonly string[], strengthOf: StrengthOf): Named {
  const asked = new Set(words.flatMap((word) => [word, ...wordForms(word).same]));
  const said = wordsOf(text);
  const end = said.findIndex((word, at) => at > 0 && linking.has(word) && asked.has(said[at - 1]));
  const first = said.slice(0, end < 0 ? said.length : end);
  const phrase = first.filter((word) => asked.has(word));
  const named = phrase.length > 0 ? phrase : words;
  const head = named.findLast((word) => !isParticiple(word) || strengthOf(word) > 0);
  return { first, words: named, head };
}

/**
 * Whether a wish names a thing that the catalogue does not know, even where it knows a word beside it: a winter coat is
 * no hand cream for the winter, a phone case no pillow case.
 */
export function isUnknownThing(
  { first, words: named, head }: Named,
  words: readonly string[],
  strengthOf: StrengthOf,
): boolean {
  const isKnown = (word: string) => strengthOf(word) > 0;
  if (head === undefined || !isKnown(head)) return true;
  const isStrange = (word: string | undefined) =>
    word !== undefined && !isKnown(word) && !isParticiple(word) && !isFiller(word);
  // A Bluetooth speaker is no brush whose description speaks of a speaker.
  if (strengthOf(head) < firm && isStrange(first[first.indexOf(head) - 1])) return true;
  // That something else is electric makes guitar strings no better known.
  const others = words.filter((word) => !asksFor(word, head) && isKnown(word) && !isProperty(word));
  return isStrange(named[named.indexOf(head) - 1]) && others.length === 0;
}

function asksFor(word: string, head: string): boolean {
  return word === head || wordForms(word).same.has(head);
}

/** "My cat is bored": bored is no thing. */
function isParticiple(word: string): boolean {
  return /(?:ed|ly)$/.test(word) && word.length > 4;
}
