import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import { type Exclusion, type Intent, isUnknown, type Wish } from '../../intent.ts';
import { type Heard, type HeardWish, isMere } from '../heard.ts';
import { isOfBrand, isWithin } from './refine.ts';

/** What no item has, as in "do you sell laptops?", is over with the next wish that is for something. */
export function withoutMissing(before: Intent, { wishes, unknown, softens }: Heard): Intent {
  const isNext = (wish: HeardWish) =>
    (wish.complete || wish.words.length + wish.categories.length > 0) &&
    !isMere(wish) &&
    !wish.describes &&
    !isUnknown(wish, unknown);
  const missing = before.wishes.filter((wish) => isUnknown(wish, before.unknown));
  if (softens || missing.length === 0 || !wishes.some(isNext)) return before;
  const gone = new Set(missing.flatMap(({ words }) => words));
  return {
    ...before,
    wishes: before.wishes.filter((wish) => !missing.includes(wish)),
    unknown: before.unknown.filter((word) => !gone.has(word)),
  };
}

/** "Cheaper" after several wishes: each thing has a price of its own, so that all of them come in the order of prices. */
export function comparedEach(heard: Heard, { wishes, question }: Intent): Heard {
  const guess = heard.limits.find(({ field, firm, guessed }) => field === 'price' && firm && guessed);
  if (!guess || wishes.length < 2 || question || heard.wishes.length > 0) return heard;
  return {
    ...heard,
    limits: heard.limits.filter((limit) => limit !== guess),
    order: guess.max === null ? 'dearest' : 'cheapest',
    kindOf: [],
  };
}

/** "Only the dog food" after several wishes: of these, one or some. */
export function choosesAmong(before: readonly Wish[], said: readonly HeardWish[]): boolean {
  const isSame = (wish: Wish, other: Wish) =>
    other.brands.length + other.measures.length === 0 &&
    wish.categories.join() === other.categories.join() &&
    wish.words.join() === other.words.join();
  const isNamed = ({ categories, words }: Wish) => categories.length + words.length > 0;
  return (
    said.length > 0 &&
    said.length < before.length &&
    said.every((next) => isNamed(next) && before.some((wish) => isSame(wish, next)))
  );
}

/** "Any brand", and what is not to be of one: a thing of that brand is asked for no longer, the thing still is. */
export function freedOfBrands(wishes: readonly Wish[], { freesBrand, without, wishes: said }: Heard): Wish[] {
  const named = said.flatMap(({ brands }) => brands);
  const out = new Set(without.flatMap(({ brands }) => brands));
  const stays = (brand: string) => named.includes(brand) || !(freesBrand || out.has(brand));
  return wishes.map((wish) => (isOfBrand(wish) ? wish : { ...wish, brands: wish.brands.filter(stays) }));
}

/** What was left out, as being for others or by a word ("rooibos is fine after all"), and is wished for now, is not left out. */
export const withoutWished = (without: readonly Exclusion[], wishes: readonly Wish[]): Exclusion[] =>
  without.filter(
    ({ categories, brands, words }) =>
      !wishes.some(
        (wish) =>
          (categories.length > 0 && isAllWithin(wish, categories)) ||
          (brands.length > 0 && brands.every((brand) => wish.brands.includes(brand))) ||
          words.some((word) => wish.words.includes(word)),
      ),
  );

/** "Gifts, but no candles": of several wishes, those of which everything is left out are wished for no longer. */
export function withoutRuledOut(
  wishes: readonly Wish[],
  without: readonly Exclusion[],
  lexicon: Lexicon,
): Wish[] {
  if (wishes.length < 2) return [...wishes];
  const left = wishes.filter((wish) => !without.some((excluded) => rulesOut(excluded, wish, lexicon)));
  return left.length > 0 ? left : [...wishes];
}

function rulesOut({ categories, brands, words, item_ids }: Exclusion, wish: Wish, lexicon: Lexicon): boolean {
  if (categories.length > 0) return isAllWithin(wish, categories);
  if (wish.categories.length === 0 || brands.length + item_ids.length > 0) return false;
  const items = lexicon.categories
    .all()
    .filter(({ path }) => wish.categories.includes(path))
    .flatMap((category) => category.items);
  const isHeld = (item: number, stem: string) =>
    [lexicon.names, lexicon.texts].some((postings) => includesSorted(postings.get(stem) ?? [], item));
  return words.some((word) => {
    const stems = lexicon.stemsOf(word);
    return stems.length > 0 && items.every((item) => stems.every((stem) => isHeld(item, stem)));
  });
}

const isAllWithin = (wish: Wish, categories: readonly string[]) =>
  wish.categories.length > 0 && wish.categories.every((path) => isWithin(path, categories));
