import type { Lexicon } from '../catalogue/lexicon.ts';
import type { Limit } from '../intent.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';
import { priceLimit } from './money.ts';
import { type Reference, referenceAt } from './references.ts';

type Compares = 'less' | 'more' | 'half';

const comparisons = phrases<Compares>({
  less: `cheaper | less expensive | less pricey | lower priced | more affordable | less costly | not as expensive | too expensive | too pricey |
    too dear | too costly | too much money | lower in price | for less | less money | for less money | costs less | cost less | less than | under |
    below | beneath | lower than | lower | a better price | better price | better priced | a lower price | lower price | a cheaper price |
    not that much | not so much | not quite so much | not quite that much | not as much | not as pricey | costs too much | cost too much |
    out of my budget | over my budget | above my budget | beyond my budget | can not afford | better deal | a better deal | more reasonable |
    something more reasonable | cheaper than | anything less than | not that expensive | not that pricey | too much for me | overpriced | over priced |
    too rich | a bit rich | bit rich | bit rich for my blood | a bit rich for my blood | too rich for my blood | rich for my blood | rich for me | not cost as much | not cost so much | not cost that much | not as dear | not as steep | too steep | a bit steep | bit steep | rather steep | quite steep | is steep | a bit much | bit much | a bit pricey | bit pricey | a bit dear | bit dear | a fortune |
    rip off | a rip off | ripoff | a ripoff | daylight robbery | an arm and a leg | easier on the wallet | easier on my wallet | kinder to my wallet | kinder to the wallet |
    gentler on the wallet | lighter on the wallet | more budget friendly | budget friendlier | out of my price range | out of our price range | over budget | out of budget |
    beyond my means | out of my league | more wallet friendly | not worth that | not worth it | not paying that | not pay that | not spend that much`,
  more: `more expensive | pricier | dearer | higher priced | more pricey | more than | too cheap | costs more | above | over | higher than |
    cost more | more upmarket | more upscale | more premium | more luxurious | more high end | more exclusive | fancier | posher | classier | higher end | a step up | more special`,
  half: `half of that | half of it | half of this | half the price of | half the price | half that price | half that | half as much | half price |
    at half the price | for half the price | for half of that | half as expensive | half of what`,
});
/** Words that ask for an order by price. */
export const orderAt = phrases({
  cheapest: `the cheapest | the least i can spend on | the least i can spend | the least i can pay for | the least i can pay | the least expensive | cheapest | lowest price | lowest priced | least expensive | best value | the best value | most affordable |
    best price | cheap | inexpensive | affordable | low budget | on a budget | not too expensive | not expensive | no expensive | nothing expensive |
    not so expensive | not very expensive | good value | value for money | low cost | lowest cost | cheaply | low priced |
    budget friendly | wallet friendly | cheap and cheerful | a bargain | bargain | bargains | on the cheap | cheap as chips | easy on the wallet | does not cost much |
    does not cost a lot | does not cost the earth | does not cost a fortune | do not cost much | not cost the earth | not break the bank | does not break the bank`,
  dearest:
    'the most expensive | most expensive | dearest | priciest | highest price | highest priced | the most pricey | nothing cheap | not cheap | the best money can buy',
});

/** These compare only with what is named behind them. */
const weak = new Set(
  'less than | more than | under | below | above | over | beneath | lower than | lower | higher than | half of what'.split(
    ' | ',
  ),
);
/** Between a comparison and the item: "than the *price of* the second". */
const costOf = phrases({
  of: 'the price of | the cost of | price of | cost of | what | the price for | that of',
});
const costs = phrases({ of: 'costs | cost | is priced at | is | does | price' });
const copulas = new Set('is are was were looks look seems seem costs cost feels sounds'.split(' '));
const degrees = new Set('a bit little much far way just really still rather quite'.split(' '));

/** Whether some words compare prices, whatever with: "is there one for less money?". */
export const comparesPrices = (tokens: readonly Token[]): boolean =>
  tokens.some((_, at) => {
    const found = comparisons(tokens, at);
    return found !== null && !weak.has(wordsAt(tokens, at, found.length));
  });

const wordsAt = (tokens: readonly Token[], at: number, length: number) =>
  tokens
    .slice(at, at + length)
    .map(({ word }) => word)
    .join(' ');

interface Comparison {
  meaning: Compares;
  ids: readonly string[];
  isNamed: boolean;
}

/** Reads orders by price, and limits by the price of other items: "cheaper than the first one", "the second is too expensive", "half of that". */
export function comparePrices(reading: Reading, lexicon: Lexicon): void {
  const { tokens, heard } = reading;
  const found: Comparison[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const order = orderAt(tokens, at);
    const judged = order ? null : judgedAt(at);
    const comparison = judged ? null : comparisons(tokens, at);
    if (order) {
      heard.order = order.meaning;
      take(tokens, at, order.length);
    } else if (judged) {
      found.push({ meaning: judged.meaning, ids: judged.ids, isNamed: judged.isNamed });
      take(tokens, at, judged.length);
    } else if (comparison) compare(at, comparison.length, comparison.meaning);
    else if (isTooMuch(tokens, at)) {
      found.push({ meaning: 'less', ...itself() });
      take(tokens, at, 2);
    }
  }
  // "Too expensive, anything below the first?" is one comparison, with the first.
  const said = found.some(({ isNamed }) => isNamed) ? found.filter(({ isNamed }) => isNamed) : found;
  // "Too expensive, I have 50": the sum says how cheap.
  const isTold = heard.limits.length > 0 && !said.some(({ isNamed }) => isNamed);
  if (!isTold) for (const each of said.slice(-1)) limit(each);

  /** "that one is too expensive", "the second costs too much". */
  function judgedAt(at: number): (Comparison & { length: number }) | null {
    const reference = referenceAt(tokens, at, reading, lexicon, true);
    if (!reference) return null;
    let next = at + reference.length;
    if (!copulas.has(tokens[next]?.word)) return null;
    next++;
    while (degrees.has(tokens[next]?.word)) next++;
    const judged = comparisons(tokens, next) ?? (isTooMuch(tokens, next) ? tooMuch : null);
    // "One that is cheaper than the first" judges no item.
    if (!judged || wordAt(next + judged.length) === 'than') return null;
    // "That is daylight robbery, I have 50": it is not said with which item.
    const isNamed = reference.length > 1;
    return { meaning: judged.meaning, ids: reference.ids, isNamed, length: next + judged.length - at };
  }

  function compare(at: number, length: number, meaning: Compares): void {
    // "cheaper ones than the second"
    const ones = /^ones?$/.test(wordAt(at + length)) && wordAt(at + length + 1) === 'than' ? 1 : 0;
    const than = ones + (wordAt(at + length + ones) === 'than' ? 1 : 0);
    const reference = pricedAt(at + length + than);
    // "less than" alone compares nothing.
    if (weak.has(wordsAt(tokens, at, length)) && !reference) return;
    take(tokens, at, length + than + (reference?.length ?? 0));
    if (reference) found.push({ meaning, ids: reference.ids, isNamed: true });
    else found.push({ meaning, ...itself() });
  }

  /** "the second", "the price of the second", "what the second costs". */
  function pricedAt(at: number): Reference | null {
    const lead = costOf(tokens, at)?.length ?? 0;
    const reference = referenceAt(tokens, at + lead, reading, lexicon, true);
    if (!reference) return null;
    const tail = costs(tokens, at + lead + reference.length)?.length ?? 0;
    return { ids: reference.ids, length: lead + reference.length + tail };
  }

  /** What "cheaper" alone compares with: an item that was pointed at or asked about, else the first of the list. */
  function itself(): Pick<Comparison, 'ids' | 'isNamed'> {
    const pointed = tokens.flatMap((_, at) => referenceAt(tokens, at, reading, lexicon)?.ids ?? []);
    if (pointed.length > 0) return { ids: pointed, isNamed: true };
    const asked = reading.asked.length > 0 ? reading.asked : reading.shown;
    return { ids: asked.slice(0, 1), isNamed: false };
  }

  function limit({ meaning, ids }: Comparison): void {
    const prices = ids.map((id) => priceOf(lexicon, id)).filter((price) => price !== null);
    heard.spoken.push(...ids);
    heard.kindOf = [...ids];
    if (prices.length === 0) heard.order = meaning === 'more' ? 'dearest' : 'cheapest';
    else heard.limits.push({ ...limitBy(meaning, prices), firm: true });
  }

  function wordAt(at: number): string {
    return tokens[at]?.word ?? '';
  }
}

const tooMuch = { meaning: 'less', length: 2 } as const;

function limitBy(meaning: Compares, prices: readonly number[]): Limit {
  const most = Math.max(...prices);
  if (meaning === 'more') return { ...priceLimit(cents(most + 0.01), null, ''), text: `over ${most}` };
  const least = Math.min(...prices);
  if (meaning === 'half') return priceLimit(null, cents(least / 2), '');
  return { ...priceLimit(null, cents(least - 0.01), ''), text: `under ${least}` };
}

/** "that is too much", but not "too much caffeine". */
function isTooMuch(tokens: readonly Token[], at: number): boolean {
  const [too, much, next] = tokens.slice(at, at + 3);
  const isSaid = too?.word === 'too' && much?.word === 'much' && !too.taken;
  return (
    isSaid && (next === undefined || next.kind === 'sign' || next.word === 'for' || next.word === 'please')
  );
}

function priceOf({ items, byId }: Lexicon, id: string): number | null {
  const price = items[byId.get(id) ?? -1]?.attributes?.price;
  return typeof price === 'number' ? price : null;
}

const cents = (price: number) => Math.round(price * 100) / 100;
