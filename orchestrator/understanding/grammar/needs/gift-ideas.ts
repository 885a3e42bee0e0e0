import { pathMark } from '../../catalogue/categories.ts';
import { giftThings } from '../../words/everyday-needs.ts';
import { stemOf } from '../../words/stems.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish } from '../heard.ts';
import { isBeing } from '../people/beings.ts';
import { gifts } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import { isWithin } from '../wishes/refine.ts';
import { emptyWish } from '../wishes/wishes.ts';

const people = new Set(['man', 'woman', 'person']);
const others = ['dog', 'cat', 'pet', 'child'] as const;
/** Words that name no thing, and ask for one. */
export const anything = new Set([...gifts, 'something', 'anything', 'idea', 'ideas']);
const givenThings = new Set('gift gifts present presents'.split(' '));
/** "It is a gift", "as a present". */
const said = new Set(['as', 'it', 'this', 'they', 'these', 'is', 'be']);
/** Of each, a list of ten has two. */
const mostKinds = 5;

/**
 * "A gift for my dad", "something nice for my sister", "gifts": kinds of things that people give, of those that the
 * catalogue has; none where nothing is asked for as a gift. Animals and children have things of their own.
 */
export function giftIdeas(
  tokens: readonly Token[],
  recipient: Recipient | null,
  grammar: Grammar,
  isFirst: boolean,
  hasSome = false,
): HeardWish[] {
  const { categories } = grammar.lexicon;
  const { beings } = grammar;
  // "I got a tent for my birthday, what else do I need?" asks for no gift.
  const asks = hasSome && recipient === null ? givenThings : gifts;
  const gift = tokens.findIndex(({ word }) => asks.has(word));
  const isFor = recipient === null ? gift >= 0 : people.has(recipient.being);
  const isAsked = tokens.some(({ word }) => anything.has(word));
  // Of what is wished for already it only says that it is a gift.
  const isSaid = !isFirst && tokens.slice(0, Math.max(0, gift)).some(({ word }) => said.has(word));
  if (!isFor || !isAsked || isSaid) return [];
  const foreign = recipient ? beings.others([recipient.being], []).flatMap((other) => other.categories) : [];
  const closed = [...foreign, ...others.flatMap(beings.of).map(({ path }) => path)];
  const own = recipient ? beings.of(recipient.being).map(({ path }) => path) : [];
  const ideas = new Map<string, HeardWish>();
  for (const thing of giftThings) {
    const all = categories.named(stemOf(thing)).map(({ path }) => path);
    // Of fragrances, those for her.
    const hers = own.filter((path) => isWithin(path, all));
    const named = hers.length > 0 ? hers : all;
    const open = named.filter((path) => !isWithin(path, closed) && !ideas.has(path));
    for (const path of open.slice(0, 1)) ideas.set(path, ideaOf(path));
  }
  return [...ideas.values()].slice(0, mostKinds);
}

function ideaOf(path: string): HeardWish {
  const [name, above] = path.toLowerCase().split(pathMark).reverse();
  // "Fragrance > Women"
  const text = above && isBeing(name) ? `${above} for ${name}` : name;
  return { ...emptyWish(text), categories: [path], complete: true, isIdea: true };
}
