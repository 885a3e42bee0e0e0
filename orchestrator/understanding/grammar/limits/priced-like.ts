import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { Reading } from '../heard.ts';
import { itemAt, type NamedAt } from '../items/item-at.ts';
import { limitBy, middleOf, priceOf } from './compare-prices.ts';
import { asGuess } from './money.ts';
import { isCheap, priceTalk } from './price-words.ts';

const leads = phrases({
  like: `like | similar to | comparable to | such as | resembling | along the lines of | in the style of | as good as | as nice as | same as | close to |
    than | instead of`,
  stead: `alternative to | alternatives to | substitute for | substitutes for | replacement for | version of | versions of | equivalent of |
    equivalent to | dupe for | dupe of | other brands of`,
});
/** Behind an item that a turn begins with: "the Wuffi toy *but* cheaper", "… *is* too expensive". */
const turning = 'but only just yet though although is was looks seems'.split(' ');
const ends = new Set([...turning, ...'cheaper dearer less more at for which that with please'.split(' ')]);
/** Items that are named, from the words that lead to them on. */
interface Named extends NamedAt {
  from: number;
}

/**
 * "Like the Wuffi toy but cheaper", "something cheaper than the Sonata guitar": things of the kind of an item that is named,
 * of whatever brand, below its price; below the middle of those that are called so, where there are several.
 */
export function readPricedLike(reading: Reading, grammar: Grammar): void {
  const { tokens, heard } = reading;
  const { lexicon } = grammar;
  const isOpen = heard.liked.length === 1 || tokens.some((_, at) => isFirst(tokens, at) || leads(tokens, at));
  if (!isOpen) return;
  const talk = priceTalk(tokens, 0, tokens.length, true, ({ stem }) => lexicon.names.has(stem));
  const compared = talk && talk.meaning !== 'cheapest' && talk.meaning !== 'dearest' ? talk.meaning : null;
  // By its whole title it was read already.
  const whole = compared && heard.liked.length === 1 ? { ids: [...heard.liked], from: 0, end: 0 } : null;
  const named = whole ?? namedIn(reading, compared !== null, grammar);
  const prices = (named?.ids ?? []).map((id) => priceOf(lexicon, id)).filter((price) => price !== null);
  if (!named || prices.length === 0) return;
  const { ids, from, end } = named;
  const meaning = compared ?? 'less';
  const isMore = meaning === 'more';
  const limit = { ...limitBy(meaning, [middleOf(prices, isMore ? 'more' : 'less')]), firm: true };
  heard.limits.push(ids.length === 1 ? limit : asGuess(limit, isMore ? 'more expensive' : 'cheaper'));
  heard.kindOf = ids.slice(0, 1);
  heard.freesBrand = true;
  if (ids.length === 1) {
    heard.liked = ids;
    heard.spoken.push(...ids);
  }
  take(tokens, from, end - from);
  for (const at of talk?.places ?? []) take(tokens, at);
}

/** Items behind "like", "than" or "alternative to", or one that a turn begins with: "the … but cheaper". */
function namedIn(reading: Reading, compares: boolean, grammar: Grammar): Named | null {
  const { tokens } = reading;
  const isEnd = (at: number) => ends.has(tokens[at].word);
  for (let at = 0; at < tokens.length; at++) {
    const lead = leads(tokens, at);
    const from = lead?.meaning === 'stead' ? describedFrom(tokens, at) : at;
    const isCheaper = compares || tokens.slice(from, at).some(isCheap);
    if (!isCheaper || !(lead || isFirst(tokens, at))) continue;
    // "Like a rope toy, but cheaper": a kind, of which none is meant.
    if (tokens[at].word === 'like' && /^an?$/.test(tokens[at + 1]?.word ?? '')) take(tokens, at);
    const named = itemAt(at + (lead?.length ?? 0), at, isEnd, reading, grammar);
    const isMeant = lead || (named?.ids.length === 1 && turning.includes(tokens[named.end]?.word ?? ''));
    if (named && isMeant) return { ...named, from };
  }
  return null;
}

const isFirst = (tokens: readonly Token[], at: number) =>
  at === 0 && (tokens[0].word === 'the' || tokens[0].brand !== null);

/** "*A cheap* alternative to": where such words begin. */
function describedFrom(tokens: readonly Token[], at: number): number {
  let from = at;
  while (from > 0 && (isCheap(tokens[from - 1]) || /^(?:an?|the|some|any)$/.test(tokens[from - 1].word)))
    from--;
  return from;
}
