import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Grammar } from './grammar.ts';
import type { Reading } from './heard.ts';
import { namedItems } from './named-items.ts';
import { referenceAt } from './references.ts';

type Asks = 'price' | 'cost' | 'stock' | 'offer' | 'text';

const asks = phrases<Asks>({
  price: `how much is | how much are | how much does | how much do | what is the price of | what is the price for | price of | how expensive is |
    how expensive are | how much for | what is the cost of | how much would | how much will | how much`,
  cost: 'what does | what do | what would | what will | what is the price',
  stock:
    'is | are | how many | is there still | are there still | when is | when are | how many of | check if | is it true that',
  offer: `do you have | do you still have | have you got | is there | are there | do you stock | got any | can i get | do you carry | have you |
    do you sell | can i buy | can i order`,
  text: `tell me more about | tell me about | more about | what is | what are | describe | more information on |
    more information about | details of | details on | details about | info on | info about | what about | what can you tell me about`,
});
const available = phrases({
  stock: `in stock | available | sold out | out of stock | on stock | left | still there | in store | deliverable |
    still available | unavailable | in the warehouse`,
});
const costs = phrases({ price: 'cost | costs | priced at | the price | run me | price' });
/** Share of a title that has to be said, so that one item is meant and not a kind. */
const leastShare: Record<Asks | 'other', number> = {
  price: 0.6,
  cost: 0.6,
  stock: 0.6,
  offer: 0.8,
  text: 0.8,
  other: 0.6,
};
const mostItems = 5;

/** Reads a question about items: "is the Trailfox tent in stock?", "how much is the second one?". */
export function readQuestion(reading: Reading, grammar: Grammar): void {
  const { tokens, shown, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const asked = asks(tokens, at);
    const attribute = attributeAt(tokens, at, grammar);
    if (!asked && !attribute) continue;
    const kind = attribute ? 'other' : (asked?.meaning ?? 'other');
    const from = at + (attribute ?? asked ?? { length: 0 }).length;
    const end = sentenceEnd(tokens, from);
    const [rest, isComplete] = subjectOf(tokens.slice(from, end), kind);
    if (!isComplete) continue;
    const pointed = pointedAt(rest, shown, grammar);
    const ids = pointed.length > 0 ? pointed : calledBy(rest, kind, grammar);
    if (ids.length === 0) continue;
    const field = attribute?.field ?? fields[asked?.meaning ?? 'text'];
    heard.question = { item_ids: ids.slice(0, mostItems), field };
    take(tokens, at, end - at);
    return;
  }
}

const fields: Record<Asks, string> = {
  price: 'price',
  cost: 'price',
  stock: 'stock',
  offer: 'stock',
  text: 'description',
};

/** What the question is about; not complete where "is the tent …" asks for no stock. */
function subjectOf(rest: readonly Token[], kind: Asks | 'other'): [Token[], boolean] {
  const ends =
    kind === 'stock' || kind === 'offer' ? available : kind === 'cost' || kind === 'price' ? costs : null;
  const end = ends ? rest.findIndex((_, at) => ends(rest, at) !== null) : -1;
  // "do you have any tents in stock?" asks for tents.
  if (kind === 'offer' && rest.some(({ word }) => word === 'any' || word === 'some')) return [[], false];
  const isComplete = end >= 0 || !(kind === 'stock' || kind === 'offer' || kind === 'cost');
  return [rest.slice(0, end < 0 ? rest.length : end), isComplete];
}

function pointedAt(tokens: readonly Token[], shown: readonly string[], { lexicon }: Grammar): string[] {
  const ids = new Set<string>();
  for (let at = 0; at < tokens.length; at++) {
    const reference = referenceAt(tokens, at, shown, lexicon, true);
    for (const id of reference?.ids ?? []) ids.add(id);
    at += reference ? reference.length - 1 : 0;
  }
  return [...ids];
}

/** The items whose names are said; of a price, any of that name. */
function calledBy(tokens: readonly Token[], kind: Asks | 'other', grammar: Grammar): string[] {
  const named = namedItems(tokens, grammar);
  const isDefinite = tokens.some(({ word }) => word === 'the' || word === 'your');
  const sure = named.filter(({ share }) => share >= leastShare[kind] && share === named[0].share);
  const few =
    kind === 'price' || kind === 'cost' || (isDefinite && named.length <= mostItems && kind !== 'text');
  return (sure.length > 0 ? sure : few ? named : []).map(({ item }) => grammar.lexicon.items[item].item_id);
}

/** "what colour is …", "which size does …", "who makes …". */
function attributeAt(
  tokens: readonly Token[],
  at: number,
  { lexicon }: Grammar,
): { field: string; length: number } | null {
  const [first, second, third] = tokens.slice(at, at + 3).map(({ word, taken }) => (taken ? '' : word));
  if (first === 'who' && second === 'makes') return { field: 'brand', length: 2 };
  if (first !== 'what' && first !== 'which') return null;
  if (second === 'brand') return { field: 'brand', length: 2 };
  const isThe = second === 'is' && third === 'the';
  const field = lexicon.attributes.named(isThe ? (tokens[at + 3]?.word ?? '') : (second ?? ''));
  return field && field !== 'price' && field !== 'stock' ? { field, length: isThe ? 4 : 2 } : null;
}

function sentenceEnd(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex(
    ({ kind, word, bound }, at) => at >= from && kind === 'sign' && !bound && '?!;\n'.includes(word),
  );
  return end < 0 ? tokens.length : end;
}
