import type { FindThings } from '../catalogue/find-things.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { isFiller } from '../words/filler-words.ts';
import { phrases, take } from '../words/phrases.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';
import { referenceAt } from './references.ts';
import { shareOfTitle } from './title-share.ts';

const asks = phrases({
  price: `how much is | how much are | how much does | how much do | what does | what do | what is the price of | price of | how expensive is |
    how expensive are | how much for | what would | what is the cost of | cost of | how much would | how much will`,
  stock: `is | are | do you have | do you still have | have you got | is there | are there | do you stock | how many | is there still | got any | can i get |
    do you carry | have you`,
  text: `tell me more about | tell me about | more about | what is | what are | describe | more information on | more information about | details of |
    details on | details about | info on | info about | what about`,
}); // prettier-ignore
const available = phrases({
  stock: `in stock | available | sold out | out of stock | on stock | left | still there | in store | deliverable | still available | unavailable`,
});
const costs = phrases({ price: 'cost | costs | priced at | the price | run me' });
const mostItems = 5;

/** Reads a question about items: "is the Trailfox tent in stock?", "how much is the second one?". */
export function readQuestion(reading: Reading, lexicon: Lexicon, things: FindThings): void {
  const { tokens, shown, heard } = reading;
  for (let at = 0; at < tokens.length; at++) {
    const asked = asks(tokens, at) ?? attributeAt(tokens, at, lexicon);
    if (!asked) continue;
    const from = at + asked.length;
    const end = sentenceEnd(tokens, from);
    const rest = tokens.slice(from, end);
    const availability = rest.findIndex((_, place) => available(rest, place) !== null);
    if (asked.meaning === 'stock' && availability < 0) continue;
    const isPrice = asked.meaning === 'price';
    if (
      isPrice &&
      /^what (does|do|would)/.test(said(tokens, at, 2)) &&
      !rest.some((_, place) => costs(rest, place))
    )
      continue;
    const ids = itemsOf(
      availability < 0 ? rest : rest.slice(0, availability),
      shown,
      lexicon,
      things,
      asked.meaning !== 'stock',
    );
    if (ids.length === 0) continue;
    heard.question = { item_ids: ids, field: asked.meaning === 'text' ? 'description' : asked.meaning };
    take(tokens, at, end - at);
    return;
  }
}

const said = (tokens: readonly Token[], at: number, length: number) =>
  tokens
    .slice(at, at + length)
    .map(({ word }) => word)
    .join(' ');

/** "what colour is …", "which size …", "who makes …". */
function attributeAt(
  tokens: readonly Token[],
  at: number,
  lexicon: Lexicon,
): { meaning: string; length: number } | null {
  if (
    said(tokens, at, 2) === 'who makes' ||
    said(tokens, at, 2) === 'what brand' ||
    said(tokens, at, 2) === 'which brand'
  )
    return { meaning: 'brand', length: 2 };
  if (!['what', 'which'].includes(tokens[at].word) || tokens[at].taken) return null;
  const place = tokens.slice(at + 1, at + 4).findIndex(({ word }) => !['is', 'are', 'the'].includes(word));
  const token = tokens[at + 1 + place];
  const field = place >= 0 && token ? lexicon.attributes.named(token.word) : null;
  return field ? { meaning: field, length: place + 2 } : null;
}

function sentenceEnd(tokens: readonly Token[], from: number): number {
  const end = tokens.findIndex(
    (token, at) => at >= from && token.kind === 'sign' && '?!;\n'.includes(token.word),
  );
  return end < 0 ? tokens.length : end;
}

/** The items that a question is about: of the latest list, or by most of a title. */
function itemsOf(
  tokens: readonly Token[],
  shown: readonly string[],
  lexicon: Lexicon,
  things: FindThings,
  several: boolean,
): string[] {
  const ids: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const reference = referenceAt(tokens, at, shown, lexicon, true);
    if (!reference) continue;
    ids.push(...reference.ids);
    at += reference.length - 1;
  }
  if (ids.length > 0) return [...new Set(ids)];
  const content = tokens.filter(
    ({ kind, word, brand, taken }) => kind !== 'sign' && (brand || (!taken && !isFiller(word))),
  );
  const stems = content.flatMap(({ brand, stem }) => (brand ? [] : [stem]));
  const brands = content.flatMap(({ brand }) => brand ?? []);
  const last = content.findLast(({ kind, brand }) => kind === 'word' && !brand)?.stem;
  if (!last || !lexicon.names.has(last)) return [];
  const { items } = things({ stems, head: last, brands });
  const named = items
    .map((item) => ({ item, share: shareOfTitle(lexicon, item, stems) }))
    .sort((a, b) => b.share - a.share);
  const sure = named.filter((found) => found.share >= 0.6);
  const chosen =
    sure.length > 0
      ? sure.filter((found) => found.share === sure[0].share)
      : several && items.length <= 40
        ? named
        : [];
  return chosen.slice(0, mostItems).map(({ item }) => lexicon.items[item].item_id);
}
