import type { Category } from '../../catalogue/categories.ts';
import { known as knownStem } from '../../catalogue/known.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { describingWords, plainVerbs } from '../../words/filler-words.ts';
import { isVerb, mayBeGoods } from '../../words/parts-of-speech.ts';
import { stemOf } from '../../words/stems.ts';
import type { Token } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import type { HeardWish } from '../heard.ts';
import { beingOf, isAnimal } from '../people/beings.ts';
import { stemsFor } from '../people/for-whom.ts';
import type { Recipient } from '../people/recipients.ts';
import type { Phrase } from '../phrase.ts';
import { describedCategories } from './described-categories.ts';
import { isWithin } from './refine.ts';

export interface ResolvedWish {
  wish: HeardWish;
  unknown: string[];
}

/** Turns a phrase into a wish in the words of the catalogue. */
export function resolveWish(
  phrase: Phrase,
  brands: readonly string[],
  recipient: Recipient | null,
  grammar: Grammar,
): ResolvedWish {
  const { lexicon, translator, isOrdinary } = grammar;
  const words = phrase.words.filter((token) => token !== recipient?.token);
  const abroadOf = ({ word }: Token) => translator.abroad(word).map(stemOf)[0] ?? null;
  const stems = new Map(words.map((token) => [token, knownStem(token, lexicon) ?? abroadOf(token)]));
  const knownOf = (token: Token) => stems.get(token) ?? null;
  const wish: HeardWish = {
    ...emptyWish(phrase.text, brands),
    complete: phrase.head !== null,
    describes: phrase.describes,
  };
  if (phrase.head && isMissing({ ...phrase, words }, knownOf, lexicon)) {
    const named = words.filter((token) => token === phrase.head || phrase.modifiers.includes(token));
    const unknown = named.filter((token) => token === phrase.head || knownOf(token) === null);
    return { wish: { ...wish, words: wordsOf(named) }, unknown: wordsOf(unknown) };
  }
  const head = phrase.head && knownOf(phrase.head);
  const known = [...stems.values()].filter((stem) => stem !== null);
  const isStrange = (token: Token) =>
    knownOf(token) === null &&
    isTold(token) &&
    !(phrase.describes && (isOrdinary(token.word) || isOrdinary(token.stem)));
  const { categories, words: left } = placeWish(known, head, brands, recipient ?? whose(phrase), grammar);
  const held = left.map((word) => wordThere(word, categories, grammar));
  return { wish: { ...wish, categories, words: held }, unknown: wordsOf(words.filter(isStrange)) };
}

/** "a kitten toy" is for a cat: the kind of animal may stand before the thing. */
function whose({ modifiers }: Phrase): Recipient | null {
  const token = modifiers.find(({ stem, brand }) => !brand && isAnimal(stem));
  return token ? { being: beingOf(token) ?? 'pet', token } : null;
}

export function emptyWish(text: string, brands: readonly string[] = []): HeardWish {
  return {
    text,
    categories: [],
    brands: [...brands],
    words: [],
    measures: [],
    complete: false,
    describes: false,
    isNeed: false,
    narrows: [],
  };
}

/** Where the catalogue has what was said, and which words are left to look for there. */
function placeWish(
  said: readonly string[],
  head: string | null,
  brands: readonly string[],
  recipient: Recipient | null,
  grammar: Grammar,
): Pick<HeardWish, 'categories' | 'words'> {
  const { lexicon, things } = grammar;
  const described = head && !lexicon.names.has(head) ? describedCategories(lexicon, head) : null;
  const beings = recipient ? stemsFor(recipient, grammar) : [];
  if (described) {
    const rest = said.filter((stem) => stem !== head);
    const categories = siblingsNamed(described, [...rest, ...beings]) ?? described;
    return { categories: pathsOf(categories), words: wordsBeside(categories, rest, lexicon) };
  }
  const alone = things({ stems: said, head, brands });
  const narrowed = beings
    .map((stem) => ({ stem, found: things({ stems: [...said, stem], head, brands }) }))
    .find(({ stem, found }) => found.held.has(stem) && [...alone.held].every((held) => found.held.has(held)));
  const { categories } = narrowed?.found ?? alone;
  return {
    categories: pathsOf(categories),
    words: wordsBeside(categories, narrowed ? [...said, narrowed.stem] : said, lexicon),
  };
}

/** "Vanilla" where titles of these categories say "Vanille" alone. */
function wordThere(word: string, categories: readonly string[], { lexicon, translator }: Grammar): string {
  const isThere = (form: string) =>
    lexicon.names
      .get(stemOf(form))
      ?.some((item) => isWithin(lexicon.categories.of(item)?.path ?? '', categories)) ?? false;
  return isThere(word) ? word : (translator.abroad(word).find(isThere) ?? word);
}

const pathsOf = (categories: readonly Category[]) => categories.map(({ path }) => path);

/** "perfume for men" is beside what "perfume" describes. */
function siblingsNamed(found: readonly Category[], stems: readonly string[]): Category[] | null {
  const siblings = new Set(found.flatMap(({ parent }) => parent?.children ?? []));
  const named = [...siblings].filter(({ names }) => names.flat().some((stem) => stems.includes(stem)));
  return named.length > 0 ? named : null;
}

/** The words that being in the categories does not say already. */
function wordsBeside(categories: readonly Category[], stems: readonly string[], lexicon: Lexicon): string[] {
  const isSaid = (stem: string) =>
    categories.length > 0 && categories.every((category) => says(category, stem, lexicon));
  return [...new Set(stems.filter((stem) => !isSaid(stem)).map(lexicon.form))];
}

/** "Litter & Toys" holds litter and other things: where titles tell which is which, the word is still looked for. */
function says(category: Category, stem: string, { titles, isOneOf }: Lexicon): boolean {
  const isOneOfMany = category.names.length > 1 && category.names.some((name) => name.includes(stem));
  const isTold =
    isOneOfMany &&
    category.items.some((item) => includesSorted(titles.get(stem) ?? [], item) || !isOneOf(item, stem));
  return category.words.has(stem) && !isTold;
}

const wordsOf = (tokens: readonly Token[]) => tokens.map(({ word }) => word);

/**
 * Whether the thing is not in the catalogue: its noun stands in no name, or it is narrowed by a noun that nobody knows
 * ("laptop bag"), or from both sides by words that nobody knows ("wireless mouse for my laptop"), and is no category of its
 * own.
 */
function isMissing(
  { head, modifiers, words }: Phrase,
  stemOf: (token: Token) => string | null,
  lexicon: Lexicon,
): boolean {
  if (!head) return false;
  const stem = stemOf(head);
  if (stem === null) return true;
  const bound = lexicon.boundTo(stem);
  if (bound !== null && !words.some((token) => token.stem === bound)) return true;
  if (!lexicon.names.has(stem)) return describedCategories(lexicon, stem) === null;
  const { categories } = lexicon;
  if (categories.named(stem).length > 0 || categories.all().length === 0) return false;
  const isStrange = (token: Token) => stemOf(token) === null && isTold(token);
  const behind = words.slice(words.indexOf(head) + 1);
  return (
    modifiers.some((token) => isStrange(token) && mayBeGoods(token)) ||
    (modifiers.some(isStrange) && behind.some((token) => isStrange(token) && mayBeGoods(token)))
  );
}

/** Words whose absence is worth telling: things and properties. */
const isTold = (token: Token) =>
  token.kind === 'word' && !describingWords.has(token.word) && !plainVerbs.has(token.word) && !isVerb(token);
