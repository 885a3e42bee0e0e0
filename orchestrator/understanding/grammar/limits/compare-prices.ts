import { holds } from '../../catalogue/find-things.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { emptyExclusion, type Limit } from '../../intent.ts';
import { isFiller } from '../../words/filler-words.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { clausesOf } from '../clauses.ts';
import type { Reading } from '../heard.ts';
import { type Reference, referenceAt } from '../items/references.ts';
import { asGuess, priceLimit, sumText } from './money.ts';
import { type PriceTalk, priceTalk } from './price-words.ts';

type Compares = 'less' | 'more' | 'half';
/** "No more than the second" is as much at most. */
type Compared = Compares | 'most' | 'least';

/** These compare prices only where an item is named behind them: "under the first one". */
const than = phrases<Compares>({
  less: `less than | under | below | beneath | lower than | cheaper than | less expensive than | less pricey than | not as expensive as | not as pricey as | not as dear as |
    not as costly as`,
  more: 'more than | above | over | higher than | more expensive than | dearer than | pricier than',
  half: 'half of what | half of',
});
/** Between a comparison and the item: "than the *price of* the second". */
const costOf = phrases({
  of: 'the price of | the cost of | price of | cost of | what | the price for | that of',
});
const costs = phrases({ of: 'costs | cost | is priced at | is | does | price' });
const copulas = new Set('is are was were looks look seems seem costs cost feels sounds'.split(' '));
const leading = new Set('than of as to with'.split(' '));

interface Comparison {
  meaning: Compared;
  ids: readonly string[];
  isNamed: boolean;
  /** Nothing says with which of a list: with what most of it costs. */
  isOfList?: boolean;
}

/** Whether some words compare or order prices: "is there one for less money?". */
export const talksOfPrices = (tokens: readonly Token[], isListed: boolean): boolean =>
  priceTalk(tokens, 0, tokens.length, isListed) !== null || tokens.some((_, at) => than(tokens, at) !== null);

/** Reads orders by price, and limits by the price of other items: "cheaper than the first one", "the second is too expensive", "half of that". */
export function comparePrices(reading: Reading, lexicon: Lexicon): void {
  const { tokens, heard, shown } = reading;
  const isListed = shown.length > 0;
  const found: Comparison[] = [];
  for (const { from, end } of clausesOf(tokens)) {
    const compared = comparedIn(from, end);
    const talk = compared
      ? null
      : priceTalk(tokens, from, end, isListed, (token) => lexicon.names.has(token.stem));
    const denied = talk && deniedMost(talk);
    if (compared) found.push(compared);
    else if (talk && denied !== null) leaveOutMost(talk, denied);
    else if (talk?.meaning === 'cheapest' || talk?.meaning === 'dearest') heard.order = talk.meaning;
    else if (talk) found.push({ meaning: talk.meaning, ...meantIn(from, end) });
    for (const place of talk?.places ?? []) take(tokens, place);
  }
  // "Too expensive, anything below the first?" is one comparison, with the first.
  const said = found.some(({ isNamed }) => isNamed) ? found.filter(({ isNamed }) => isNamed) : found;
  // "Too expensive, I have 50": the sum says how cheap.
  const isTold = heard.limits.length > 0 && !said.some(({ isNamed }) => isNamed);
  if (!isTold) for (const each of said.slice(-1)) limit(each);

  /** The words of "*not the* cheapest", which orders nothing; null where it is not denied. */
  function deniedMost({ places }: PriceTalk): string | null {
    const words = places.map((at) => tokens[at].word);
    const denial = places[0] - (tokens[places[0] - 1]?.word === 'necessarily' ? 2 : 1);
    const isMost = words.some((word) => /est$|^most$/.test(word));
    if (!isMost || !denials.has(tokens[denial]?.word ?? '') || tokens[denial].taken) return null;
    take(tokens, denial, places[0] - denial);
    // "Not necessarily the cheapest" rules out nothing.
    return denial < places[0] - 1 ? '' : words.join(' ');
  }

  /** Of the list, the cheapest or the dearest is left out. */
  function leaveOutMost({ meaning }: PriceTalk, text: string): void {
    if (text === '') return;
    const priced = shown.flatMap((id) => ({ id, price: priceOf(lexicon, id) ?? Number.NaN }));
    const known = priced.filter(({ price }) => !Number.isNaN(price)).sort((a, b) => a.price - b.price);
    const most = meaning === 'cheapest' ? known[0] : known.at(-1);
    if (!most) heard.unread.push(`not ${text}`);
    else heard.without.push({ ...emptyExclusion(), text, item_ids: [most.id] });
  }

  /** "Less than the second", "below the price of the second", "half of what the second costs". */
  function comparedIn(from: number, end: number): Comparison | null {
    for (let at = from; at < end; at++) {
      const comparison = than(tokens, at);
      const start = at + (comparison?.length ?? 0);
      const reference = comparison && pricedAt(start);
      if (!reference) continue;
      const denial = deniedAt(at);
      take(tokens, denial, start + reference.length - denial);
      const meaning = denial < at ? converse[comparison.meaning] : comparison.meaning;
      return { meaning, ids: reference.ids, isNamed: true };
    }
    return null;
  }

  /** The place of what denies a comparison: "*nothing that is* more expensive than the second"; its own where nothing does. */
  function deniedAt(at: number): number {
    let before = at - 1;
    while (before >= 0 && carrying.has(tokens[before].word) && !tokens[before].taken) before--;
    const isDenied = before >= 0 && denials.has(tokens[before].word) && !tokens[before].taken;
    return isDenied ? before : at;
  }

  function pricedAt(at: number): Reference | null {
    const lead = costOf(tokens, at)?.length ?? 0;
    const reference = referenceAt(tokens, at + lead, reading, lexicon, true);
    if (!reference) return null;
    const tail = costs(tokens, at + lead + reference.length)?.length ?? 0;
    return { ids: reference.ids, length: lead + reference.length + tail };
  }

  /** With what a clause compares: an item that it names, else one that was pointed at or asked about, else the list. */
  function meantIn(from: number, end: number): Omit<Comparison, 'meaning'> {
    for (let at = from; at < end; at++) {
      const reference = referenceAt(tokens, at, reading, lexicon, true);
      if (!reference) continue;
      const behind = tokens[at + reference.length]?.word ?? '';
      const isJudged = copulas.has(behind) || leading.has(tokens[at - 1]?.word ?? '');
      if (isJudged) take(tokens, at, reference.length);
      return { ids: reference.ids, isNamed: reference.length > 1 };
    }
    const pointed = tokens.flatMap((_, at) => referenceAt(tokens, at, reading, lexicon)?.ids ?? []);
    if (pointed.length > 0) return { ids: pointed, isNamed: true };
    if (reading.asked.length > 0) return { ids: reading.asked.slice(0, 1), isNamed: false };
    return { ids: calledIn(from, end), isNamed: false, isOfList: true };
  }

  /** "Cheaper mats": of the list, what the words of the clause name; all of it where they name nothing in it. */
  function calledIn(from: number, end: number): readonly string[] {
    const stems = tokens
      .slice(from, end)
      .flatMap(({ taken, kind, word, stem }) =>
        taken || kind !== 'word' || isFiller(word) || !lexicon.names.has(stem) ? [] : [stem],
      );
    const called = shown.filter((id) =>
      stems.some((stem) => holds(lexicon, lexicon.byId.get(id) ?? -1, stem)),
    );
    return called.length > 0 ? called : shown;
  }

  function limit({ meaning, ids, isNamed, isOfList }: Comparison): void {
    const compared = isOfList ? ofOneKind(ids) : ids;
    const prices = compared.map((id) => priceOf(lexicon, id)).filter((price) => price !== null);
    const isOfMost = isOfList && (meaning === 'less' || meaning === 'more');
    if (!isOfMost) heard.spoken.push(...compared.slice(0, isOfList ? 1 : undefined));
    heard.kindOf = [...compared];
    if (prices.length === 0) heard.order = meaning === 'more' ? 'dearest' : 'cheapest';
    else if (isOfMost) {
      const by = { ...limitBy(meaning, [boundOf(compared, prices, meaning)]), firm: true };
      heard.limits.push({ ...asGuess(by, guessed[meaning]), other_than: [...shown] });
    } else {
      const by = { ...limitBy(meaning, isOfList ? prices.slice(0, 1) : prices), firm: true };
      heard.limits.push(isNamed ? by : asGuess(by, guessed[meaning]));
    }
  }

  /** The middle of a list, or its first item, where more of its kind than was shown is beyond that, too. */
  function boundOf(ids: readonly string[], prices: readonly number[], meaning: 'less' | 'more'): number {
    const middle = middleOf(prices, meaning);
    const first = priceOf(lexicon, ids[0]) ?? middle;
    const isBeyond = (price: number, bound: number) => (meaning === 'less' ? price < bound : price > bound);
    const { items = [] } = lexicon.categories.of(lexicon.byId.get(ids[0]) ?? -1) ?? {};
    const hasMore = items.some((item) => {
      const { item_id } = lexicon.items[item];
      const price = priceOf(lexicon, item_id);
      return price !== null && isBeyond(price, first) && !shown.includes(item_id);
    });
    return hasMore && isBeyond(first, middle) ? first : middle;
  }

  /** What fills a list up is no measure: of the kind of its first. */
  function ofOneKind(ids: readonly string[]): readonly string[] {
    const kindOf = (id: string) => lexicon.categories.of(lexicon.byId.get(id) ?? -1)?.path;
    return ids.filter((id) => kindOf(id) === kindOf(ids[0]));
  }
}

/** Half of a list costs no more, or no less. */
export function middleOf(prices: readonly number[], meaning: 'less' | 'more'): number {
  const sorted = [...prices].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return sorted[meaning === 'less' ? Math.floor(middle) : Math.ceil(middle)];
}

const denials = new Set('no not nothing none never'.split(' '));
const carrying = new Set(
  'any much that is are be which costs cost costing anything one ones should must'.split(' '),
);
const converse: Record<Compares, Compared> = { more: 'most', less: 'least', half: 'half' };

/** Than what, nobody said. */
const guessed: Record<Compared, string> = {
  less: 'cheaper',
  most: 'cheaper',
  more: 'more expensive',
  least: 'more expensive',
  half: 'half the price',
};

export function limitBy(meaning: Compared, prices: readonly number[]): Limit {
  const most = Math.max(...prices);
  if (meaning === 'most') return priceLimit(null, most, '');
  if (meaning === 'least') return priceLimit(Math.min(...prices), null, '');
  if (meaning === 'more')
    return { ...priceLimit(cents(most + 0.01), null, ''), text: `over ${sumText(most)}` };
  const least = Math.min(...prices);
  if (meaning === 'half') return priceLimit(null, cents(least / 2), '');
  return { ...priceLimit(null, cents(least - 0.01), ''), text: `under ${sumText(least)}` };
}

export function priceOf({ items, byId }: Lexicon, id: string): number | null {
  const price = items[byId.get(id) ?? -1]?.attributes?.price;
  return typeof price === 'number' ? price : null;
}

const cents = (price: number) => Math.round(price * 100) / 100;
