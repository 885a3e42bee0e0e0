import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { titleOf } from '../../prompts/item-text.ts';
import { hasMeasure, isBeing, isFiller, type Wish } from '../../understanding/index.ts';
import type { Meaning } from '../meaning/meaning.ts';
import { itemsWithAny } from '../rules/field-predicates.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import type { Group } from '../search/wanted.ts';
import { firm, type Holding } from './held-words.ts';
import { isUnknownThing, thingOf } from './unknown-things.ts';

/** The items that fit a wish. */
export interface Fit {
  /** Those that fit come first, then others of their kind. */
  groups: Group[];
  /** What they were found by; null where nothing fits. */
  by: 'words' | 'meaning' | null;
  /** No item has all that is wished for: these have most of it. */
  isPartial: boolean;
  /** Words of the wish that an item holds. */
  wordsOf(item: number): string[];
}

export interface FitterParts {
  items: readonly Item[];
  fields: ItemFields;
  holding(word: string): Holding;
  /** Whether a text has a word of a language or of the catalogue: mere letters mean nothing. */
  hasWords(text: string): boolean;
  /** Null where the run keeps no encoder. */
  meaning(): Promise<Pick<Meaning, 'nearest' | 'byWords'> | null>;
}

/** Of the items that are allowed; null for all. Of what is known to be none of them, its words find nothing. */
export type FitWish = (wish: Wish, allowed: ReadonlySet<number> | null, isNoItem?: boolean) => Promise<Fit>;

const mostWords = 12;
/** Items that are taken for their meaning. */
const mostNear = 50;

/**
 * Finds what fits a wish. Category, brand and measures must hold. Of its words all must hold, those in the title or
 * category first; where no item has them all, those with most of them. Meaning decides where words say little.
 */
export function createFitWish({ items, fields, holding, hasWords, meaning }: FitterParts): FitWish {
  const baseOf = ({ categories, brands, measures }: Wish): Iterable<number> | null => {
    if (categories.length === 0 && brands.length === 0 && measures.length === 0) return null;
    const within = categories.length > 0 ? itemsWithAny(fields, 'category', categories) : null;
    const made = brands.length > 0 ? itemsWithAny(fields, 'brand', brands) : null;
    const base = within ?? made ?? items.keys();
    return [...base].filter(
      (item) =>
        (made?.has(item) ?? true) && measures.every((measure) => hasMeasure(titleOf(items[item]), measure)),
    );
  };
  /** To an encoder of words, a winter coat is the winter alone. */
  const nearest = async (text: string, isUnknown: boolean) => {
    const known = hasWords(text) ? await meaning() : null;
    return known && !(known.byWords && isUnknown) ? known.nearest(text, mostNear) : [];
  };
  /** "Diapers, size 4": behind these, diapers of other sizes. */
  const ofOtherSizes = (
    wish: Wish,
    sized: Iterable<number>,
    words: readonly string[],
    allowed: ReadonlySet<number> | null,
  ): Group[] => {
    const fitting = new Set(sized);
    const others = [...(baseOf({ ...wish, measures: [] }) ?? [])].filter((item) => !fitting.has(item));
    return beside(ofKind(rank(others, allowed, words.map(holding)), words.length).groups);
  };
  const byTheirWords = (
    words: readonly string[],
    text: string,
    base: Iterable<number> | null,
    allowed: ReadonlySet<number> | null,
  ) => {
    const holdings = words.map(holding);
    const strengthOf = (word: string) => strongest(holding(word));
    const thing = thingOf(text, words, strengthOf);
    const isUnknown = isUnknownThing(thing, words, strengthOf);
    // Dry hands are hands: a dry shampoo has a word of it and is something else.
    const things = thing.head !== undefined && strengthOf(thing.head) >= firm ? holding(thing.head) : null;
    const isThing = [...(things?.keys() ?? [])].some((item) => allowed?.has(item) ?? true);
    const holders =
      base ?? (isThing && things ? things.keys() : new Set(holdings.flatMap((held) => [...held.keys()])));
    return byWords(rank(holders, allowed, holdings), words.length, { isUnknown, isThing });
  };
  return async (wish, allowed, isNoItem = false) => {
    const words = [...new Set(wish.words.map((word) => word.toLowerCase()))].slice(0, mostWords);
    const base = baseOf(wish);
    const isKnown = (word: string) => holding(word).size > 0;
    const said = wordsOf(wish.text).filter((word) => !isFiller(word));
    // "Microwave oven": that pans are for the oven does not make them one.
    const isOther =
      wish.categories.length > 0 &&
      words.length === 0 &&
      // For whom it is, no item needs to say: "perfume for my girlfriend".
      !said.every((word) => isKnown(word) || isBeing(word)) &&
      !said.some((word) => strongest(holding(word)) >= firm);
    if (isOther) return noFit;
    const isKind = wish.categories.length > 0 || (wish.brands.length > 0 && words.length === 0);
    const kind = isKind ? ofKind(rank(base ?? [], allowed, words.map(holding)), words.length) : null;
    if (kind && kind.groups.length > 0 && wish.measures.length > 0)
      kind.groups.push(...ofOtherSizes(wish, base ?? [], words, allowed));
    // Where nothing of a kind is allowed ("perfume, for men": not that for women), its words find others.
    const isClosed = kind?.groups.length === 0 && wish.brands.length + wish.measures.length === 0;
    const fit = isClosed
      ? byTheirWords(said, wish.text, null, allowed)
      : (kind ?? byTheirWords(isNoItem ? [] : words, wish.text, base, allowed));
    // "A mug, but not of titanium", where all mugs are: that stoves are kept beside mugs makes them none.
    const holds = (some: readonly string[], item: number) => some.some((word) => holding(word).has(item));
    const isLeft = (item: number) => allowed?.has(item) ?? true;
    const isRuledOut =
      kind?.isPartial &&
      kind.groups.length > 0 &&
      [...(base ?? [])].some((item) => holds(words, item)) &&
      ![...(base ?? [])].some((item) => isLeft(item) && holds(said, item));
    if (isRuledOut) return { groups: beside(kind.groups), by: null, isPartial: false, wordsOf: () => [] };
    const heldBy = (item: number) => wordsHeld(wish, item, holding);
    const isWeak = !isKind && words.length > 0 && (fit.by === null || fit.isPartial || !fit.isFirm);
    const near = isWeak ? await nearest(wish.text, fit.isUnknown) : [];
    const within = base && new Set(base);
    const fitting = near
      .map(({ item }) => item)
      .filter((item) => isLeft(item) && (within?.has(item) ?? true));
    if (fitting.length > 0) return { ...byMeaning(fit, fitting), isPartial: false, wordsOf: heldBy };
    // "A vest, size M", where none is of that size: that belts are makes them no vest.
    const { head } = thingOf(wish.text, said, (word) => strongest(holding(word)));
    const isElse =
      wish.measures.length > 0 &&
      fit.isPartial &&
      head !== undefined &&
      ![...(base ?? [])].some((item) => holding(head).has(item));
    return isElse ? noFit : { ...fit, wordsOf: heldBy };
  };
}

const noFit: Fit = { groups: [], by: null, isPartial: false, wordsOf: () => [] };

/** The same items, as others of a kind that do not fit. */
function beside(groups: readonly Group[]): Group[] {
  return groups.map((group) => ({ ...group, matched: false }));
}

/** How firmly the item holds a word that holds it the most; 0 where none does. */
function strongest(held: Holding): number {
  let most = 0;
  for (const strength of held.values()) if (strength > most) most = strength;
  return most;
}

type Found = Pick<Fit, 'groups' | 'by' | 'isPartial'> & { isFirm: boolean; isUnknown: boolean };

/** Items by how many words they hold, and how firmly. */
type Ranked = Map<number, Map<number, Set<number>>>;

function rank(
  candidates: Iterable<number>,
  allowed: ReadonlySet<number> | null,
  holdings: readonly Holding[],
): Ranked {
  const ranked: Ranked = new Map();
  for (const item of candidates) {
    if (allowed?.has(item) === false) continue;
    let held = 0;
    let firmly = 0;
    for (const holding of holdings) {
      const strength = holding.get(item) ?? 0;
      if (strength > 0) held++;
      if (strength >= firm) firmly++;
    }
    const byFirmness = ranked.get(held) ?? new Map<number, Set<number>>();
    ranked.set(held, byFirmness);
    byFirmness.set(firmly, (byFirmness.get(firmly) ?? new Set()).add(item));
  }
  return ranked;
}

/** All of a kind, those that hold more words first. */
function ofKind(ranked: Ranked, words: number): Found {
  const sets = levels(ranked);
  const full = sets.filter(({ held }) => held === words);
  const isPartial = full.length === 0;
  // Where no item has all the words, the kind is what fits.
  const groups = sets.map(({ items, held }) => ({ items, matched: isPartial || held === words }));
  return { groups, by: groups.length > 0 ? 'words' : null, isPartial, isFirm: true, isUnknown: false };
}

function byWords(
  ranked: Ranked,
  words: number,
  { isUnknown, isThing }: { isUnknown: boolean; isThing: boolean },
): Found {
  const sets = levels(ranked).filter(({ held }) => held > 0);
  const [best] = sets;
  const isPartial = best !== undefined && best.held < words;
  const isFirm = best !== undefined && best.firmly > 0;
  if (!best || isUnknown || (isPartial && !isThing && (!isFirm || 2 * best.held < words)))
    return { groups: [], by: null, isPartial: false, isFirm: false, isUnknown };
  const least = isPartial ? best.firmly : 0;
  const groups = sets.map(({ items, held, firmly }) => ({
    items,
    matched: held === best.held && firmly >= least,
  }));
  return {
    groups: groups.filter(({ matched }, at) => matched || at < 4),
    by: 'words',
    isPartial,
    isFirm,
    isUnknown,
  };
}

/** Items near in meaning; among them, those that hold words first. What says all of the words fits, too: "argan oil". */
function byMeaning(
  { groups, by, isPartial }: Pick<Found, 'groups' | 'by' | 'isPartial'>,
  fitting: readonly number[],
): Pick<Fit, 'groups' | 'by'> {
  const near = new Set(fitting);
  const holders = groups.filter(({ matched }) => matched);
  const both = holders
    .map(({ items }) => ({ items: new Set([...items].filter((item) => near.has(item))), matched: true }))
    .filter(({ items }) => items.size > 0);
  const others = by === 'words' && !isPartial ? holders : [];
  return { groups: [...both, { items: near, matched: true }, ...others], by: 'meaning' };
}

function levels(ranked: Ranked): { held: number; firmly: number; items: ReadonlySet<number> }[] {
  return [...ranked]
    .sort(([a], [b]) => b - a)
    .flatMap(([held, byFirmness]) =>
      [...byFirmness].sort(([a], [b]) => b - a).map(([firmly, items]) => ({ held, firmly, items })),
    );
}

function wordsHeld({ text, brands, measures }: Wish, item: number, holding: (word: string) => Holding) {
  const words = wordsOf(text).filter((word) => !isFiller(word));
  const held = words.slice(0, mostWords).filter((word) => holding(word).has(item));
  return [...new Set(held.length > 0 ? held : [...brands.slice(0, 1), ...measures.slice(0, 1)])];
}
