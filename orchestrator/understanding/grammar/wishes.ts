import type { FindThings } from '../catalogue/find-things.ts';
import type { Lexicon } from '../catalogue/lexicon.ts';
import { describingWords, plainVerbs } from '../words/filler-words.ts';
import { ordinaryWords } from '../words/ordinary-words.ts';
import { relatedForms } from '../words/stems.ts';
import type { Token } from '../words/tokens.ts';
import { describedCategories } from './described-categories.ts';
import type { HeardWish } from './heard.ts';
import type { Phrase } from './phrase.ts';

export interface ResolvedWish {
  wish: HeardWish;
  unknown: string[];
}

/** Turns a phrase into a wish in the words of the catalogue. */
export function resolveWish(
  phrase: Phrase,
  brands: readonly string[],
  lexicon: Lexicon,
  things: FindThings,
): ResolvedWish {
  const stems = new Map(phrase.words.map((token) => [token, known(token, lexicon)]));
  const stemOf = (token: Token) => stems.get(token) ?? null;
  const head = phrase.head && stemOf(phrase.head);
  const wish: HeardWish = {
    text: phrase.text,
    categories: [],
    brands: [...brands],
    words: [],
    measures: [],
    complete: phrase.head !== null,
  };
  if (phrase.head && isMissing(phrase, stemOf, lexicon)) {
    const named = [...phrase.modifiers, phrase.head].sort(
      (a, b) => phrase.words.indexOf(a) - phrase.words.indexOf(b),
    );
    const words = named.map(({ word }) => word);
    return {
      wish: { ...wish, words },
      unknown: named
        .filter((token) => token === phrase.head || stemOf(token) === null)
        .map(({ word }) => word),
    };
  }
  const found = things(
    [...stems.values()].filter((stem) => stem !== null),
    head,
  );
  const described = head && !lexicon.names.has(head) ? describedCategories(lexicon, head) : null;
  const categories = described ?? found.categories;
  wish.categories = categories.map(({ path }) => path);
  for (const token of phrase.words) {
    const stem = stemOf(token);
    if (stem === null || (described && token === phrase.head)) continue;
    if (categories.length > 0 && categories.every(({ words }) => words.has(stem))) continue;
    wish.words.push(lexicon.form(stem));
  }
  wish.words = [...new Set(wish.words)];
  const isStrange = ({ word, kind }: Token) =>
    kind === 'word' &&
    !describingWords.has(word) &&
    !plainVerbs.has(word) &&
    !(phrase.head === null && ordinaryWords().has(word));
  return {
    wish,
    unknown: phrase.words
      .filter((token) => stemOf(token) === null && isStrange(token))
      .map(({ word }) => word),
  };
}

/** The stem by which the catalogue knows a word, or one of its other forms: "grind" is in "grinder". */
function known({ stem, word }: Token, { names, texts }: Lexicon): string | null {
  if (names.has(stem)) return stem;
  if (names.has(word)) return word;
  const forms = relatedForms(stem).filter((form) => names.has(form));
  const best = forms.sort((a, b) => (names.get(b)?.length ?? 0) - (names.get(a)?.length ?? 0))[0];
  return best ?? (texts.has(stem) ? stem : null);
}

/**
 * Whether the thing is not in the catalogue: its noun stands in no name, or it is narrowed by a noun that nobody knows
 * ("laptop bag") and is no category of its own.
 */
function isMissing(
  { head, modifiers }: Phrase,
  stemOf: (token: Token) => string | null,
  lexicon: Lexicon,
): boolean {
  if (!head) return false;
  const stem = stemOf(head);
  if (stem === null) return true;
  if (!lexicon.names.has(stem)) return describedCategories(lexicon, stem) === null;
  const strange = modifiers.some(
    (token) =>
      stemOf(token) === null &&
      token.kind === 'word' &&
      !describingWords.has(token.word) &&
      !plainVerbs.has(token.word),
  );
  return strange && lexicon.categories.named(stem).length === 0 && lexicon.categories.all().length > 0;
}
