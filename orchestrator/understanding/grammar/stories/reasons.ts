import { isUnknown } from '../../intent.ts';
import { isVerb, mayBeGoods } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import { wordToken } from '../../words/tokens.ts';
import type { Heard, HeardWish } from '../heard.ts';

/** Verbs with which one asks for something. */
export const askingVerbs: ReadonlySet<string> = new Set(
  'need want looking searching show find buy get carry sell stock recommend suggest love like fancy please'.split(
    ' ',
  ),
);

/** "Because it is so heavy", "it was too sour", "my old one broke": why, and not what; unless it asks for something, too. */
export function tellsWhy(part: readonly Token[]): boolean {
  const said = part.filter(({ taken, kind }) => !taken && kind === 'word');
  const [first, second] = said.map(({ word }) => word);
  const isPast = (first === 'it' || first === 'they') && (second === 'was' || second === 'were');
  const one = said.findIndex(({ word }) => word === 'one');
  // "My old one broke", but "my one wish is a lamp".
  const isOfMine = first === 'my' && one > 0 && (said[one + 1] === undefined || isVerb(said[one + 1]));
  // "He has five bottles": there is no need of another.
  const isHad =
    havers.has(first) && having.has(second) && said.some(({ word }, at) => at < 4 && plenty.has(word));
  return (
    (first === 'because' || isPast || isOfMine || isHad) && !said.some(({ word }) => askingVerbs.has(word))
  );
}

const havers = new Set('he she they'.split(' '));
const having = new Set('has have owns own got'.split(' '));
const plenty = new Set(
  'two three four five six seven eight nine ten dozen dozens several already enough plenty many lots loads tons hundreds all every'.split(
    ' ',
  ),
);

/**
 * "Without ropes, he swallows the threads": beside what changes the wish before, who or what is told of is why; and words of
 * which no item has any and no shop sells never take its place.
 */
export function isWhy(wish: HeardWish, { without, limits, others, order, wishes, unknown }: Heard): boolean {
  const { complete, describes, isNeed, words, measures, narrows } = wish;
  // "It is for a cat" says what changes.
  if (narrows.length > 0 || measures.length > 0) return false;
  const isChanged =
    without.some(
      ({ item_ids, words, brands, categories }) =>
        item_ids.length + words.length + brands.length > 0 || categories.length === 1,
    ) ||
    limits.length > 0 ||
    others ||
    order !== null ||
    wishes.some((other) => other !== wish && other.measures.length > 0);
  const isTalk = isUnknown(wish, unknown) && !words.some((word) => mayBeGoods(wordToken(word)));
  return (isChanged && (describes || isNeed)) || (complete && isTalk && words.length > 0);
}
