import type { Lexicon } from '../catalogue/lexicon.ts';
import type { Limit } from '../intent.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Reading } from './heard.ts';
import { moneyAt } from './money.ts';
import { referenceAt } from './references.ts';

const comparisons = phrases({
  less: `cheaper | less expensive | less pricey | lower priced | more affordable | less costly | not as expensive | too expensive |
    too pricey | too much money | lower in price | for less | less money | costs less | cost less | less than | under | below`,
  more: 'more expensive | pricier | dearer | higher priced | more pricey | more than | too cheap | costs more | above | over',
});
const weak = new Set(['less than', 'more than', 'under', 'below', 'above', 'over']);
const orders = phrases({
  cheapest: `the cheapest | cheapest | lowest price | lowest priced | least expensive | best value | the best value | most affordable |
    best price | cheap | inexpensive | affordable | low budget | on a budget | not too expensive | not expensive | nothing expensive |
    not so expensive | not very expensive | good value | value for money | low cost | lowest cost | cheaply | low priced`,
  dearest:
    'the most expensive | most expensive | dearest | priciest | highest price | highest priced | the most pricey | nothing cheap | not cheap | the best money can buy',
});

/** Reads limits of the price and the order by price: "under 40 €", "cheaper than the first one", "the cheapest". */
export function readPrice(reading: Reading, lexicon: Lexicon): void {
  const { tokens, shown, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const amount = moneyAt(tokens, at);
    if (amount) {
      heard.limits.push(priceLimit(amount.min, amount.max, amount.currency));
      continue;
    }
    const order = orders(tokens, at);
    if (order) {
      take(tokens, at, order.length);
      heard.order = order.meaning;
      continue;
    }
    const comparison = comparisons(tokens, at);
    if (comparison) compare(at, comparison.length, comparison.meaning);
  }

  function compare(at: number, length: number, meaning: 'less' | 'more'): void {
    const said = tokens
      .slice(at, at + length)
      .map(({ word }) => word)
      .join(' ');
    const than = tokens[at + length]?.word === 'than' ? 1 : 0;
    const reference = referenceAt(tokens, at + length + than, shown, lexicon, true);
    // "less than" alone compares nothing.
    if (weak.has(said) && !reference) return;
    take(tokens, at, length + than + (reference?.length ?? 0));
    const ids = reference?.ids ?? shown.slice(0, 1);
    const prices = ids.map((id) => priceOf(lexicon, id)).filter((price) => price !== null);
    if (prices.length === 0) {
      heard.order = meaning === 'less' ? 'cheapest' : 'dearest';
    } else if (meaning === 'less') heard.limits.push(priceLimit(null, cents(Math.min(...prices) - 0.01), ''));
    else heard.limits.push(priceLimit(cents(Math.max(...prices) + 0.01), null, ''));
  }
}

function priceOf({ items, byId }: Lexicon, id: string): number | null {
  const price = items[byId.get(id) ?? -1]?.attributes?.price;
  return typeof price === 'number' ? price : null;
}

const cents = (price: number) => Math.round(price * 100) / 100;

export function priceLimit(min: number | null, max: number | null, currency: string): Limit {
  const unit = currency ? ` ${currency}` : '';
  const text =
    min !== null && max !== null
      ? `${min} to ${max}${unit}`
      : max !== null
        ? `up to ${max}${unit}`
        : `at least ${min}${unit}`;
  return { text, field: 'price', min, max, values: [] };
}

const stock = phrases({
  there: `in stock | on stock | available | available now | available right now | right now | ready to ship | immediately available |
    you have in stock | not sold out | not out of stock | currently available | deliverable | in store | can ship today | ships today | ships now | is there now`,
});

/** Reads "in stock": at least one is there. */
export function readStock({ tokens, heard }: Reading): void {
  for (let at = 0; at < tokens.length; at++) {
    const found = stock(tokens, at);
    if (!found) continue;
    take(tokens, at, found.length);
    heard.limits.push(stockLimit());
  }
}

export function stockLimit(): Limit {
  return { text: 'in stock', field: 'stock', min: 1, max: null, values: [] };
}
