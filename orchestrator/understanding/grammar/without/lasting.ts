import { holding } from '../../catalogue/holding.ts';
import { kept } from '../../catalogue/kept.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';
import { type Exclusion, emptyExclusion, type Intent, type Limit, type Wish } from '../../intent.ts';
import { tokensOf } from '../../words/tokens.ts';
import type { Grammar } from '../grammar.ts';
import { isWithin } from '../wishes/refine.ts';

/**
 * What was ruled out before and holds beside other wishes, too: what somebody does not bear, in any case; the rest where
 * something that is wished for now would be of it ("no vanilla" of candles beside tea).
 */
export function stillRuledOut(before: Intent, wishes: readonly Wish[], lexicon: Lexicon): Exclusion[] {
  const said = [...before.without, ...before.wishes.flatMap((wish) => deniedIn(wish, lexicon))];
  return said.filter(({ assumed, item_ids, ...excluded }) => {
    if (assumed || item_ids.length > 0) return false;
    return excluded.stays || wishes.some((wish) => reaches(excluded, wish, lexicon));
  });
}

/** Whether some of what is wished for would be of it. */
function reaches(
  { categories, brands, words }: Pick<Exclusion, 'categories' | 'brands' | 'words'>,
  wish: Wish,
  lexicon: Lexicon,
): boolean {
  if (categories.length > 0) return categories.some((path) => isWithin(path, wish.categories));
  const phrases = wish.words.map((word) => holding(lexicon, word));
  if (wish.categories.length + phrases.length === 0) return false;
  const isWished = (item: number) =>
    wish.categories.length > 0
      ? isWithin(lexicon.categories.of(item)?.path ?? '', wish.categories)
      : phrases.every((items) => items.has(item));
  if (brands.length > 0)
    return lexicon.items.some(({ brand }, item) => brands.includes(brand) && isWished(item));
  return words.some((word) => [...holding(lexicon, word), ...denying(word, lexicon)].some(isWished));
}

const denying = (word: string, lexicon: Lexicon): number[] =>
  lexicon.stemsOf(word).flatMap((stem) => lexicon.denied.get(stem) ?? []);

/** "Shampoo without silicones" asks for what the catalogue says it of: of the next wish, it has to be ruled out. */
function deniedIn({ words }: Wish, { sayings, form }: Lexicon): Exclusion[] {
  return words.flatMap((phrase) => {
    const token = tokensOf(phrase).find(({ stem }) => sayings.denial(stem) === phrase);
    return token ? [{ ...emptyExclusion(), text: form(token.stem), words: [form(token.stem)] }] : [];
  });
}

/**
 * "Vanilla is fine after all": what was ruled out is no longer, and is not wished for by that. Null where nothing of it was
 * ruled out.
 */
export function takenBack<Said extends Wish>(
  without: readonly Exclusion[],
  { allowed, wishes }: { allowed: readonly string[]; wishes: readonly Said[] },
  { stemsOf }: Lexicon,
): { without: Exclusion[]; wishes: Said[] } | null {
  const isAllowed = (phrase: string) => stemsOf(phrase).every((stem) => allowed.includes(stem));
  const left = without.filter(({ text, assumed }) => assumed || text === '' || !isAllowed(text));
  if (left.length === without.length) return null;
  const others = wishes.filter(({ text }) => !isAllowed(text));
  return {
    without: left,
    wishes: others.map((wish) => ({ ...wish, words: wish.words.filter((word) => !isAllowed(word)) })),
  };
}

/**
 * An exclusion that is said of a person: it holds in any case, and of what is called by it, too: hazelnuts are no less out
 * than nuts.
 */
export function ofSomebody(excluded: Exclusion, { lexicon, sortsOf }: Grammar): Exclusion {
  if (excluded.assumed || excluded.item_ids.length > 0) return excluded;
  const stem = lexicon.stemsOf(excluded.words[0] ?? '')[0] ?? '';
  const isOne = stem.length >= shortest && !excluded.words[0].includes(' ');
  const sorts = isOne ? sortsOf(stem) : [];
  return { ...excluded, words: [...new Set([...excluded.words, ...sorts])], stays: true };
}
const shortest = 3;

/** Words of the catalogue that name a sort of a thing: "hazelnut" of "nut". All of them are looked at, once for a thing. */
export function createSorts(
  { names, texts }: Lexicon,
  isOrdinary: Grammar['isOrdinary'],
): Grammar['sortsOf'] {
  return kept((stem: string) =>
    [...names.keys(), ...texts.keys()].filter(
      (word) => word.endsWith(stem) && word.length > stem.length && isOrdinary(word.slice(0, -stem.length)),
    ),
  );
}

/** What was said of the wish before and holds no longer; a mere "cheaper" than what was shown was about that list alone. */
export const fallenLimits = (before: readonly Limit[], now: readonly Limit[]): string[] =>
  before
    .filter(({ field, other_than }) => !other_than && !now.some((limit) => limit.field === field))
    .map(({ text }) => text);
