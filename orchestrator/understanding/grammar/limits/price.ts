import type { Lexicon } from '../../catalogue/lexicon.ts';
import type { Limit } from '../../intent.ts';
import { phrases, take } from '../../words/phrases.ts';
import type { Reading } from '../heard.ts';
import { comparePrices } from './compare-prices.ts';
import { type Amount, asGuess, moneyAt, priceLimit } from './money.ts';

/** Reads limits of the price and the order by price: "under 40 €", "cheaper than the first one", "the cheapest". */
export function readPrice(reading: Reading, lexicon: Lexicon): void {
  const { tokens, heard } = reading;
  freePrice(reading);
  for (let at = 0; at < tokens.length; at++) {
    const amount = moneyAt(tokens, at);
    if (amount) {
      heard.limits.push(...withOther(heard.limits, amount));
      if (['cost', 'costs', 'costing', 'priced', 'price'].includes(tokens[at - 1]?.word ?? ''))
        take(tokens, at - 1);
    }
  }
  comparePrices(reading, lexicon);
}

/** "The price does not matter": what was said of it before holds no longer. */
function freePrice({ tokens, heard }: Reading): void {
  for (let at = 0; at < tokens.length; at++) {
    const found = free(tokens, at);
    if (!found) continue;
    take(tokens, at, found.length);
    heard.freesPrice = true;
  }
}
const free = phrases({
  any: `money is no object | money no object | price is no object | cost is no object | no matter the price | no matter the cost | whatever the price | whatever the cost | whatever it costs | regardless of price | regardless of the price | price does not matter | the price does not matter | money does not matter | price is not important`,
});

/** "Over 20 and under 60" is one range. */
function withOther(limits: Limit[], { min, max, currency, said }: Amount): Limit[] {
  if (said) return [asGuess(priceLimit(min, max, currency), said)];
  const at = limits.findIndex(
    (limit) =>
      limit.field === 'price' &&
      (min === null
        ? limit.max === null && limit.min !== null && limit.min <= (max ?? 0)
        : max === null && limit.min === null && (limit.max ?? 0) >= min),
  );
  const [other] = at < 0 ? [] : limits.splice(at, 1);
  return [priceLimit(min ?? other?.min ?? null, max ?? other?.max ?? null, currency)];
}

const stock = phrases({
  there: `in stock | on stock | available | available now | available right now | right now | ready to ship | immediately available |
    you have in stock | not sold out | not be sold out | not be out of stock | not out of stock | currently available | deliverable | in store | can ship today | ships today | ships now | is there now |
    straight away | right away | immediately | at once | in hand | ready to go | ready to be shipped | actually have | ships right away | without waiting`,
});

/** Reads "in stock": at least one is there. */
export function readStock({ tokens, heard }: Reading): void {
  for (let at = 0; at < tokens.length; at++) {
    const found = stock(tokens, at);
    // "Any knives left?", but "the left one", and "the one on the left".
    const { word, taken } = tokens[at];
    const isEnd = tokens[at + 1]?.kind !== 'word' && tokens[at - 1]?.word !== 'the';
    const isLeft = word === 'left' && !taken && isEnd;
    if (!found && !isLeft) continue;
    take(tokens, at, found?.length ?? 1);
    if (!heard.limits.some(({ field }) => field === 'stock')) heard.limits.push(stockLimit());
  }
}

export function stockLimit(): Limit {
  return { text: 'in stock', field: 'stock', min: 1, max: null, values: [] };
}
