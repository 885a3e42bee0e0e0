import type { Lexicon } from '../../catalogue/lexicon.ts';
import { phrases } from '../../words/phrases.ts';
import type { Token } from '../../words/tokens.ts';

export type Asks = 'price' | 'cost' | 'stock' | 'offer' | 'text' | 'has';

/** Words that begin a question about items. */
export const asksAt = phrases<Asks>({
  price: `how much is | how much are | how much does | how much do | what is the price of | what is the price for | price of | how expensive is |
    how expensive are | how much for | what is the cost of | how much would | how much will | how much | the price of | what price is | price for`,
  cost: 'what does | what do | what would | what will | what is the price',
  stock: `is | are | how many | is there still | are there still | when is | when are | when will | when does | when do you have | when do you get |
    when can i get | when can i order | when can i buy | how many of | check if | is it true that | will`,
  offer: `do you have | do you still have | have you got | have you still got | is there | are there | do you stock | got any | can i get | do you carry |
    have you | do you sell | do you still sell | do you still stock | do you still carry | can i buy | can i order | can i still get | can i still buy |
    can i still order | can i have | you got | you have | do you happen to have | have you any | is there still | are there any`,
  text: `tell me more about | tell me about | more about | what is | what are | describe | more information on | tell me something about |
    more information about | details of | details on | details about | info on | info about | what about | what can you tell me about |
    tell us about | what do you know about | information about | information on | what kind of thing is | explain`,
  has: 'does | do',
});

/** Words that say whether something is there; they end what such a question is about. */
export const availableAt = phrases({
  stock: `in stock | available | sold out | out of stock | on stock | left | still there | in store | deliverable | still available |
    unavailable | in the warehouse | any left | still in stock | back | back in stock | be back | be back in stock | available again |
    in stock again | again | be available | be available again | come back | come back in stock | be in stock | be in stock again | still sold |
    any more | still around | to be had | orderable | around still | still be had | ready to ship`,
});
export const costsAt = phrases({
  price:
    'cost | costs | priced at | the price | run me | price | set me back | set us back | go for | come to | retail for | retail at | be priced at | come in at',
});

const usual = new Map(
  Object.entries({
    size: 'size sizes big large dimensions dimension measurements',
    weight: 'weight heavy weigh weighs',
    length: 'length long',
    height: 'height tall high',
    width: 'width wide',
    volume: 'volume capacity',
    color: 'color colors colour colours',
    material: 'material materials fabric',
    ingredients: 'ingredients ingredient',
    flavor: 'flavor flavour taste',
    scent: 'scent fragrance',
    brand: 'brand maker manufacturer vendor',
    category: 'category',
    age: 'age old',
    warranty: 'warranty guarantee',
    origin: 'origin country',
    people: 'capacity people persons',
  }).flatMap(([field, words]) => words.split(' ').map((word) => [word, field] as const)),
);
/** The fact that a word asks for: weight for "heavy". */
export const factCalled = (word: string): string | null => usual.get(word) ?? null;
const made = new Set(['made', 'from', 'produced', 'manufactured']);
const makes = new Set(['makes', 'made', 'produces', 'sells']);

/** A fact that a question asks for: "what colour is …", "how heavy is …", "who makes …". */
export function factAt(
  tokens: readonly Token[],
  at: number,
  { attributes }: Lexicon,
): { field: string; length: number } | null {
  const [first, second] = [wordAt(at), wordAt(at + 1)];
  if (first === 'who' && makes.has(second)) return { field: 'brand', length: 2 };
  const end = tokens.findIndex(({ kind }, place) => place > at && kind === 'sign');
  const behind = tokens.slice(at, end < 0 ? tokens.length : end);
  if (first === 'where' && /^(?:is|are|was|were)$/.test(second) && behind.some(({ word }) => made.has(word)))
    return { field: 'origin', length: 2 };
  if (first === 'how' && usual.has(second) && /^(?:is|are)$/.test(wordAt(at + 2)))
    return { field: fieldOf(second) ?? second, length: 3 };
  if (first !== 'what' && first !== 'which') return null;
  const isThe = second === 'is' && wordAt(at + 2) === 'the';
  const field = fieldOf(isThe ? wordAt(at + 3) : second);
  return field && field !== 'price' && field !== 'stock' ? { field, length: isThe ? 4 : 2 } : null;

  function wordAt(place: number): string {
    return tokens[place] && !tokens[place].taken ? tokens[place].word : '';
  }
  function fieldOf(word: string): string | null {
    return word === '' ? null : (attributes.named(word) ?? usual.get(word) ?? null);
  }
}
