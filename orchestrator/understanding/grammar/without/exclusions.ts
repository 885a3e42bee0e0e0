import type { Category } from '../../catalogue/categories.ts';
import { kept } from '../../catalogue/kept.ts';
import { known } from '../../catalogue/known.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { type Exclusion, emptyExclusion } from '../../intent.ts';
import { isFiller } from '../../words/filler-words.ts';
import { isQuality, isVerb } from '../../words/parts-of-speech.ts';
import type { Token } from '../../words/tokens.ts';
import type { Translator } from '../../words/translate.ts';
import { beingOf, wordsFor } from '../people/beings.ts';
import { isPastForm } from '../stories/sentences.ts';

export interface ResolveExclusion {
  /** What the words of a negation leave out: a brand, whole categories, or items with the words. */
  (tokens: readonly Token[]): Exclusion[];
  /** Whether the words name whole categories. */
  isKind(tokens: readonly Token[]): boolean;
  /** How the catalogue says that its items lack this: "without silicones"; null where items hold it too. */
  denialOf(tokens: readonly Token[]): string | null;
}

/** Share of a category's items that hold a word, from which the word means the category. */
const leastOfCategory = 0.7;

export function createExclusions(lexicon: Lexicon, { abroad }: Pick<Translator, 'abroad'>): ResolveExclusion {
  const { names, texts, categories, form } = lexicon;
  const wholeCategories = kept((stems: readonly string[]): Category[] => {
    if (stems.length === 0) return [];
    const named = categories.all().filter((category) => isNamed(category, stems));
    if (named.length > 0) return outermost(named);
    const holds = (item: number, stem: string) =>
      includesSorted(names.get(stem) ?? [], item) || includesSorted(texts.get(stem) ?? [], item);
    const [first, ...others] = stems;
    const counts = new Map<Category, number>();
    for (const item of bothSorted(names.get(first) ?? [], texts.get(first) ?? [])) {
      if (!others.every((stem) => holds(item, stem))) continue;
      const category = categories.of(item);
      if (category) counts.set(category, (counts.get(category) ?? 0) + 1);
    }
    return outermost(
      [...counts]
        .filter(([{ items }, count]) => count >= leastOfCategory * items.length)
        .map(([found]) => found),
    );
  });
  /** "Kids" for children: what is made for somebody says it in a word of its own. */
  const calledAlso = (token: Token) => {
    const being = beingOf(token);
    return being
      ? wordsFor(being)
          .filter((stem) => names.has(stem))
          .map(form)
      : [];
  };
  /** "Those heavy cast iron ones": where no item is called all of it, the longest end of it that some are called. */
  const heldEnd = (content: readonly Token[]): readonly Token[] => {
    const isHeld = (some: readonly Token[]) => {
      const [first, ...others] = some.map((token) => names.get(stemHere(token)) ?? []);
      return first.some((item) => others.every((other) => includesSorted(other, item)));
    };
    const isEnough = (at: number) =>
      at < content.length - 1 || content.slice(0, at).every((token) => isQuality(token) || isVerb(token));
    const from = content.findIndex((_, at) => isEnough(at) && isHeld(content.slice(at)));
    return content.slice(Math.max(0, from));
  };
  const stemHere = (token: Token) => known(token, lexicon) ?? token.stem;
  const resolve = (tokens: readonly Token[]): Exclusion[] => {
    const alternatives: Token[][] = [[]];
    for (const token of tokens) {
      if (!token.bound && ['and', 'or', 'nor', ',', '&', '/'].includes(token.word)) alternatives.push([]);
      else alternatives.at(-1)?.push(token);
    }
    return alternatives.flatMap((said) => {
      const brand = said.find((token) => token.brand)?.brand;
      const content = heldEnd(
        withoutTalk(
          said.filter((token) => !token.brand && token.kind !== 'sign' && !isFiller(token.word)),
          lexicon,
        ),
      );
      const excluded = emptyExclusion();
      if (brand) {
        return [{ ...excluded, text: brand, brands: [brand] }];
      }
      if (content.length === 0) return [];
      const stems = content.map(stemHere);
      excluded.text = content.map(({ word }) => word).join(' ');
      excluded.categories = wholeCategories(stems).map(({ path }) => path);
      if (excluded.categories.length === 0)
        excluded.words = [
          stems.map(form).join(' '),
          ...(content.length === 1 ? [...abroad(content[0].word), ...calledAlso(content[0])] : []),
        ];
      return [excluded];
    });
  };
  return Object.assign(resolve, {
    denialOf(tokens: readonly Token[]): string | null {
      const content = tokens.filter(({ kind, word, brand }) => kind === 'word' && !brand && !isFiller(word));
      const isHeld = content.some(({ stem }) => lexicon.knows(stem));
      return isHeld || content.length === 0 ? null : lexicon.sayings.denial(content.at(-1)?.stem ?? '');
    },
    isKind: (tokens: readonly Token[]) => wholeCategories(tokens.map(({ stem }) => stem)).length > 0,
  });
}

/** "Not keen on tuna" is about tuna: of what the catalogue does not know, only things and kinds count beside what it does. */
function withoutTalk(tokens: readonly Token[], lexicon: Lexicon): readonly Token[] {
  const isKnown = (token: Token) => known(token, lexicon) !== null;
  // "She never wore it" is about no property.
  if (!tokens.some(isKnown)) return tokens.every(({ word }) => isPastForm(word)) ? [] : tokens;
  return tokens.filter((token) => isKnown(token) || !(isVerb(token) || isQuality(token)));
}

/** Every word of one of the category's names is said, and every word that is said stands in its path. */
function isNamed(category: Category, stems: readonly string[]): boolean {
  return (
    stems.every((stem) => category.words.has(stem)) &&
    category.names.some((name) => name.every((stem) => stems.includes(stem)))
  );
}

/** What is in one of two rising lists, in rising order. */
function* bothSorted(one: readonly number[], other: readonly number[]): Generator<number> {
  for (let [a, b] = [0, 0]; a < one.length || b < other.length; ) {
    const item = Math.min(one[a] ?? Infinity, other[b] ?? Infinity);
    yield item;
    if (one[a] === item) a++;
    if (other[b] === item) b++;
  }
}

function outermost(found: readonly Category[]): Category[] {
  const set = new Set(found);
  return found.filter((category) => {
    for (let up = category.parent; up; up = up.parent) if (set.has(up)) return false;
    return true;
  });
}
