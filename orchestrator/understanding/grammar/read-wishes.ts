import type { Token } from '../words/tokens.ts';
import { categoriesFor, stemsFor } from './for-whom.ts';
import type { Grammar } from './grammar.ts';
import type { HeardWish, Reading } from './heard.ts';
import { phraseOf } from './phrase.ts';
import { splitWishes } from './split-wishes.ts';
import { emptyWish, resolveWish } from './wishes.ts';

const mostWishes = 5;

/** Reads what is left of a turn as wishes: one or several. */
export function readWishes(reading: Reading, grammar: Grammar): void {
  const { heard, recipient, tokens } = reading;
  for (const part of splitWishes(tokens, grammar).slice(0, mostWishes)) {
    const wish = readWish(part, reading, grammar);
    if (wish && !heard.wishes.some(({ text }) => text === wish.text)) heard.wishes.push(wish);
  }
  if (!recipient) return;
  if (heard.wishes.length === 0) heard.wishes.push(wishFor(reading, grammar));
  const wished = heard.wishes.flatMap(({ categories }) => categories);
  heard.without.push(...grammar.beings.others(recipient.being, wished));
}

function readWish(part: readonly Token[], reading: Reading, grammar: Grammar): HeardWish | null {
  const { heard, recipient } = reading;
  const brands = part.flatMap(({ brand, taken }) => (brand && !taken ? [brand] : []));
  const measures = part.flatMap(({ measure }) => measure ?? []);
  const sayings = part.flatMap(({ saying }) => saying ?? []);
  const phrase = phraseOf(part, grammar.lexicon);
  const isOpen =
    phrase === null || phrase.words.every((token) => token === recipient?.token || isNeed(token, grammar));
  if (isOpen && recipient && brands.length + measures.length + sayings.length === 0)
    return wishFor(reading, grammar);
  if (!phrase) {
    const text = [...brands, ...measures, ...sayings].join(' ');
    const lone = {
      ...emptyWish(text, brands),
      words: sayings,
      measures,
      complete: brands.length > 0 && isLone(part),
    };
    return text === '' ? null : lone;
  }
  const { wish, unknown } = resolveWish(phrase, brands, recipient, grammar);
  heard.unknown.push(...unknown);
  return {
    ...wish,
    measures,
    words: [...wish.words, ...sayings],
    narrows: recipient ? stemsFor(recipient, grammar) : [],
  };
}

/** "from Wuffi" says more about a wish; "Wuffi" alone, or "anything by Wuffi", is one. */
const isLone = (part: readonly Token[]) =>
  !['from', 'by', 'of'].includes(part.find(({ taken }) => !taken)?.word ?? '');

/** Words that tell how somebody is, and that no item is called by. */
const isNeed = ({ stem, word }: Token, { lexicon, isOrdinary }: Grammar) =>
  !lexicon.knows(stem) && isOrdinary(word);

/** "a gift for my dad", "my cat is bored": only for whom it is was said. */
function wishFor({ recipient, tokens }: Reading, grammar: Grammar): HeardWish {
  if (!recipient) return emptyWish('');
  const said = tokens.filter(({ kind, taken }) => kind === 'word' && !taken);
  const text = recipient.token
    ? `for ${recipient.token.word}`
    : `for ${grammar.beings.words(recipient.being)[0] ?? recipient.being}`;
  const categories = categoriesFor(recipient, said, grammar).map(({ path }) => path);
  return { ...emptyWish(text), categories, narrows: stemsFor(recipient, grammar) };
}
