import type { Lexicon } from '../../catalogue/lexicon.ts';
import type { Question } from '../../intent.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';
import { comparedAt, ofAdjective, textOf, wordAt } from '../limits/superlatives.ts';
import { factCalled } from './question-words.ts';

/** Words that compare prices. */
export const comparesPrices = phrases({
  least: `cheaper | cheapest | less expensive | least expensive | less pricey | cost less | costs less | costing less | cost the least | costs the least |
    lower price | lower priced | lowest price | better price | best price | more affordable | most affordable`,
  most: `more expensive | most expensive | dearer | dearest | pricier | priciest | costlier | cost more | costs more | costing more | cost the most |
    costs the most | higher price | higher priced | highest price`,
});
const degrees = new Map(
  Object.entries({ more: true, most: true, less: false, least: false, fewer: false, higher: true }),
);
const before = new Set('in of by the their price'.split(' '));
const money = new Set('price prices cost costs'.split(' '));

/** A fact that is compared, and the words that say it. */
export interface ComparedFact extends Pick<Question, 'field' | 'compares'> {
  at: number;
  length: number;
}

/** What is compared: "cheaper", "lightest", "more stock", "weighs less", "the same brand". */
export function comparedFact(tokens: readonly Token[], lexicon: Lexicon): ComparedFact | null {
  for (let at = 0; at < tokens.length; at++) {
    const price = comparesPrices(tokens, at);
    if (price) {
      const most = price.meaning === 'most';
      const text = textOf(tokens, at, price.length);
      const isAdjective = /(?:er|est|expensive|pricey|affordable)$/.test(text);
      const compares = { text: isAdjective ? text : most ? 'more expensive' : 'cheaper', most };
      return { field: 'price', compares, at, length: price.length };
    }
    const found = comparedAt(tokens, at, lexicon) ?? ofAdjective(tokens, at, lexicon);
    if (found) {
      const { field, most, length } = found;
      return { field, compares: { text: textOf(tokens, at, length), most }, at, length };
    }
    const word = wordAt(tokens, at);
    const most = degrees.get(word);
    const field = most !== undefined || word === 'same' ? named(wordAt(tokens, at + 1), lexicon) : null;
    if (field && most !== undefined)
      return { field, compares: { text: textOf(tokens, at, 2), most }, at, length: 2 };
    if (field) return { field, at, length: 2 };
    const verb = word.startsWith('weigh') ? degrees.get(wordAt(tokens, at + 1)) : undefined;
    if (verb !== undefined)
      return { field: 'weight', compares: { text: verb ? 'heavier' : 'lighter', most: verb }, at, length: 2 };
  }
  return null;
}

/** "The difference *in price*": of which fact alone. */
export function factOfDifference(tokens: readonly Token[], lexicon: Lexicon): ComparedFact | null {
  const at = tokens.findIndex(
    (_, place) => money.has(wordAt(tokens, place)) || (isOf(place) && named(wordAt(tokens, place), lexicon)),
  );
  if (at < 0) return null;
  if (money.has(tokens[at].word))
    return { field: 'price', compares: { text: 'cheaper', most: false }, at, length: 1 };
  return { field: named(tokens[at].word, lexicon) ?? '', at, length: 1 };

  function isOf(place: number): boolean {
    return before.has(wordAt(tokens, place - 1)) || wordAt(tokens, place + 1).startsWith('differ');
  }
}

const named = (word: string, { attributes }: Lexicon): string | null =>
  word === 'stock' ? word : word === '' ? null : (attributes.named(word) ?? factCalled(word));
