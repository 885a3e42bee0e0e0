import { type FindThings, holds } from '../catalogue/find-things.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import type { Token } from '../words/tokens.ts';
import type { Reading } from './heard.ts';
import { type Phrase, phraseOf } from './phrase.ts';
import { resolveWish } from './wishes.ts';

const joins = new Set(['and', 'plus', 'also', ',', '&', '+']);
const articles = new Set('a an some the my another new'.split(' '));
const mostWishes = 5;

/** Reads what is left of a turn as wishes: one or several. */
export function readWishes(reading: Reading, lexicon: Lexicon, things: FindThings): void {
  for (const part of partsOf(reading.tokens, lexicon, things).slice(0, mostWishes)) {
    const brands = part.flatMap(({ brand, taken }) => (brand && !taken ? [brand] : []));
    const phrase = phraseOf(part, lexicon);
    if (!phrase && brands.length === 0) continue;
    if (!phrase) {
      reading.heard.wishes.push({
        text: brands.join(', '),
        categories: [],
        brands,
        words: [],
        measures: [],
        complete: isLone(part),
      });
      continue;
    }
    const { wish, unknown } = resolveWish(phrase, brands, lexicon, things);
    reading.heard.wishes.push(wish);
    reading.heard.unknown.push(...unknown);
  }
}

/** "from Wuffi" says more about a wish; "Wuffi" alone, or "anything by Wuffi", is one. */
const isLone = (part: readonly Token[]) =>
  !['from', 'by', 'of'].includes(part.find(({ taken }) => !taken)?.word ?? '');

/** Where the words go on about another thing. */
function partsOf(tokens: readonly Token[], lexicon: Lexicon, things: FindThings): Token[][] {
  const sentences: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && '.;!?\n:…()'.includes(token.word)) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  const parts = sentences.flatMap((sentence) => splitSentence(sentence, lexicon, things));
  return joinLoose(parts, lexicon);
}

function splitSentence(sentence: readonly Token[], lexicon: Lexicon, things: FindThings): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of sentence) {
    if (!token.taken && !token.bound && joins.has(token.word)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const full = parts.filter((part) => part.some(({ taken, kind }) => !taken && kind !== 'sign'));
  // What is said of the last is said of all: "shampoo and conditioner for dry hair".
  return full.flatMap((part, at) => [shareEnd(part, full[at + 1], lexicon, things)]);
}

/** "dog and cat food" is two foods; "fig and vanilla candles" are two candles. */
function shareEnd(part: Token[], next: Token[] | undefined, lexicon: Lexicon, things: FindThings): Token[] {
  const own = phraseOf(part, lexicon);
  const other = next && phraseOf(next, lexicon);
  if (
    !next ||
    !own?.head ||
    !other?.head ||
    next.some(({ word }) => articles.has(word)) ||
    own.words.some(({ word }) => word === other.head?.word)
  )
    return part;
  if (own.words.length !== own.modifiers.length + 1) return part;
  const isNamed = lexicon.categories.named(own.head.stem).some((category) => category.children.length === 0);
  const together = things([own.head.stem, other.head.stem], other.head.stem);
  const both = together.items.some((item) => holds(lexicon, item, own.head?.stem ?? ''));
  const end = other.words.slice(other.words.indexOf(other.head) + 1);
  if (!isNamed && both) return [...part, other.head, ...end];
  const shared = end.filter(({ stem }) =>
    things([own.head?.stem ?? '', stem], own.head?.stem).held.has(stem),
  );
  return [...part, ...shared];
}

/** A part without a noun of its own says more about the one before. */
function joinLoose(parts: readonly Token[][], lexicon: Lexicon): Token[][] {
  const joined: Token[][] = [];
  let open: Phrase | null = null;
  for (const part of parts) {
    const phrase = phraseOf(part, lexicon);
    const isLoose =
      !phrase?.head && !part.some(({ brand }) => brand && phrase === null && joined.length === 0);
    if (joined.length > 0 && open && isLoose) joined.at(-1)?.push(...part);
    else if (phrase || part.some(({ brand, taken }) => brand && !taken)) {
      joined.push([...part]);
      open = phrase;
    }
  }
  return joined;
}
