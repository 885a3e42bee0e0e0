import { type Intent, isUnknown, type Superlative, type Wish } from '../../understanding/intent.ts';
import type { PopularItems } from '../popular/popular-items.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import type { Group } from '../search/wanted.ts';
import type { Fit, FitWish } from '../wishes/fit-wish.ts';
import type { ToldAmounts } from '../wishes/told-amounts.ts';
import { nearKinds } from './near-kinds.ts';
import { nearLimits } from './near-limits.ts';

/** One search for an answer. */
export interface PlannedLane {
  /** What the model is asked for; empty where it goes on from the history. */
  query: string;
  groups: readonly Group[];
  /** Which of the wishes, and what fits it. */
  wish: { at: number; fit: Fit } | null;
  /** [items] lower comes first among what fits; null where the model decides. */
  order: Float32Array | null;
  /** Items that miss a limit and may be listed behind the others. */
  beyond: ReadonlySet<number>;
}

export interface Plan {
  lanes: PlannedLane[];
  /** Wishes that nothing fits. */
  missing: Wish[];
  /** Wishes that no item fulfils in full. */
  partial: Wish[];
  /** Of an order by a fact of which nothing that fits tells anything: the order. */
  unordered: Superlative | null;
  /** Nothing that is left is like what it should be like. */
  isUnlike: boolean;
}

export interface Planned {
  intent: Intent;
  /** Null for all items. */
  allowed: ReadonlySet<number> | null;
  /** What nothing but a limit speaks against, or that it was shown or had; null for all items. */
  wide: ReadonlySet<number> | null;
  /** How far an item is beyond the limits; null where it has no place in any list. */
  beyond(item: number): number | null;
  /** Whether the conditions of the intent itself are fulfilled by some items only. */
  isLimited: boolean;
  /** Items that are in no list. */
  excluded: ReadonlySet<number>;
  liked: readonly number[];
  /** No history says what else is likely. */
  isNew?: boolean;
  k: number;
}

export interface PlannerParts {
  fields: ItemFields;
  amounts: ToldAmounts;
  fitWish: FitWish;
  likeness(item: number): Promise<Float32Array>;
  popular(): PopularItems;
}

/** The searches that answer an intent; one at least. */
export function createPlanner({ fields, amounts, fitWish, likeness, popular }: PlannerParts) {
  const orderOf = async ({ intent: { order }, liked }: Planned): Promise<Float32Array | null> => {
    if (order === 'popular') {
      const { scores, untaken } = popular();
      return Float32Array.from(scores, (score) => (score > untaken ? -score : Infinity));
    }
    if (order && typeof order !== 'object' && fields.names().includes('price')) {
      const direction = order === 'cheapest' ? 1 : -1;
      return Float32Array.from(fields.numbers('price'), (price) =>
        Number.isNaN(price) ? Infinity : direction * price,
      );
    }
    if (liked.length === 0) return null;
    const all = await Promise.all(liked.map(likeness));
    return all[0].map((_, item) => -all.reduce((sum, cosines) => sum + cosines[item], 0));
  };
  /** By a fact of those that fit; null where they tell nothing of it. */
  const byFact = ({ field, most }: Superlative, groups: readonly Group[]): Float32Array | null => {
    const fitting = groups.flatMap(({ items, matched }) => (matched ? [...items] : []));
    const amountOf = amounts.among(field, fitting);
    if (!amountOf) return null;
    const order = new Float32Array(fields.size).fill(Infinity);
    for (const item of fitting) {
      const amount = amountOf(item);
      if (!Number.isNaN(amount)) order[item] = most ? -amount : amount;
    }
    return order;
  };
  /** "A wok, 32 cm", where none is: woks of other sizes, or of other brands, are of its kind. */
  const otherKinds = async (wish: Wish, fit: Fit, wide: ReadonlySet<number> | null): Promise<Fit> => {
    if (wish.brands.length + wish.measures.length === 0) return fit;
    const others = await fitWish({ ...wish, brands: [], measures: [] }, wide);
    const kind = wish.measures.length > 0 ? amounts.nearest(wish.measures, others.groups) : others.groups;
    return { ...others, groups: [...fit.groups, ...kind] };
  };
  /** What stands behind too few that fit: the same of other brands, then what is near in the catalogue. */
  const nearTo = async (
    wish: Wish,
    fit: Fit,
    { wide, k }: Planned,
    isOpen: (item: number) => boolean,
  ): Promise<Group[]> => {
    const fitting = fit.groups.flatMap(({ items, matched }) => (matched ? [...items] : []));
    if (fitting.filter(isOpen).length >= k) return [];
    const others = await otherKinds(wish, { ...fit, groups: [] }, wide);
    const same = others.groups.map(({ items }) => ({ items, matched: false }));
    return [...same, ...nearKinds(fitting, fields)];
  };
  return async (asked: Planned): Promise<Plan> => {
    const { intent, allowed, wide, isLimited, excluded, liked, k } = asked;
    const { order: asOrdered } = intent;
    const fact = asOrdered && typeof asOrdered === 'object' ? asOrdered : null;
    const order = await orderOf(asked);
    const orderAmong = (groups: readonly Group[]) => (fact ? byFact(fact, groups) : null) ?? order;
    const done = (plan: Omit<Plan, 'unordered' | 'isUnlike'>, isUnlike = false): Plan => {
      const isOrdered = plan.lanes.some((lane) => lane.order && lane.order !== order);
      return { ...plan, unordered: isOrdered ? null : fact, isUnlike };
    };
    const open = (item: number) => (allowed?.has(item) ?? true) && !excluded.has(item);
    const lanes: PlannedLane[] = [];
    const [missing, partial]: Wish[][] = [[], []];
    const near: Group[] = [];
    const beyond = new Set<number>();
    const beyondOf = (item: number) => (excluded.has(item) ? null : asked.beyond(item));
    for (const [at, wish] of intent.wishes.entries()) {
      const fit = await fitWish(wish, wide, isNoItem(wish, intent.unknown));
      if (!fit.groups.some(({ items, matched }) => matched && [...items].some(open))) {
        missing.push(wish);
        const others = await otherKinds(wish, fit, wide);
        // "A cheaper one" than the only one that fits: others of its kind that are, and none that is not.
        const isFirm = intent.limits.some(({ firm }) => firm) && hasOpen(others.groups, open);
        const kind = isFirm
          ? { groups: others.groups, beyond: new Set<number>() }
          : nearLimits(others, k, open, beyondOf);
        near.push(...kind.groups.map(({ items }) => ({ items, matched: false })));
        for (const item of kind.beyond) beyond.add(item);
        continue;
      }
      if (fit.isPartial) partial.push(wish);
      const kind = nearLimits(fit, k, open, beyondOf);
      const more = asked.isNew ? await nearTo(wish, fit, asked, open) : [];
      const groups = inStockFirst([...kind.groups, ...more], fields);
      const by = orderAmong(groups);
      lanes.push({ query: wish.text, groups, wish: { at, fit }, order: by, beyond: kind.beyond });
    }
    if (lanes.length > 0) return done({ lanes, missing, partial });
    if (intent.wishes.length > 0 || (!order && !isLimited && !fact))
      return done({
        lanes: [{ query: '', groups: near, wish: null, order: null, beyond }],
        missing,
        partial,
      });
    const fitting = Array.from({ length: fields.size }, (_, item) => item).filter(open);
    // Of what is like an item, the likest alone fit; a price is a condition that all others fulfil, too.
    const items = liked.length > 0 && order ? likest(fitting, order, k) : new Set(fitting);
    const groups = inStockFirst([{ items, matched: true }], fields);
    const by = orderAmong(groups);
    return done(
      { lanes: [{ query: '', groups, wish: null, order: by, beyond }], missing, partial },
      items.size === 0,
    );
  };
}

const hasOpen = (groups: readonly Group[], isOpen: (item: number) => boolean) =>
  groups.some(({ items }) => [...items].some(isOpen));

/** "An iron": that pans are of cast iron makes them none. */
const isNoItem = (wish: Wish, unknown: readonly string[]) =>
  wish.words.length > 0 && isUnknown(wish, unknown);

/** Each group in two: what is sold out comes behind what is not, where that is known. */
function inStockFirst(groups: readonly Group[], fields: ItemFields): Group[] {
  if (!fields.names().includes('stock')) return [...groups];
  const part = (gone: boolean, matched: boolean): Group[] =>
    groups
      .filter((group) => group.matched === matched)
      .map(({ items }) => ({
        items: new Set([...items].filter((item) => fields.isSoldOut(item) === gone)),
        matched,
      }))
      .filter(({ items }) => items.size > 0);
  return [part(false, true), part(true, true), groups.filter(({ matched }) => !matched)].flat();
}

const by = (order: Float32Array) => (a: number, b: number) =>
  order[a] === order[b] ? 0 : order[a] - order[b];

/** This share of a catalogue is like an item, or as many as a list has places. */
const likeShare = 0.02;

/** Of some items the k likest, by an order of all; none that is less like than most of the catalogue. */
function likest(items: readonly number[], order: Float32Array, k: number): ReadonlySet<number> {
  const least =
    order.toSorted()[Math.min(order.length - 1, Math.max(k, Math.ceil(likeShare * order.length)))];
  return new Set(
    items
      .filter((item) => order[item] <= least)
      .sort(by(order))
      .slice(0, k),
  );
}

/**
 * Groups whose first k that fit are those of the order alone, with the items to leave out for it: the model is asked about
 * these, and need not find them among all.
 */
export function firstByOrder(
  groups: readonly Group[],
  order: Float32Array,
  k: number,
  isOpen: (item: number) => boolean,
): { groups: Group[]; left: number[]; places: Map<number, number> } {
  const placed = new Set<number>();
  const sorted = groups
    .filter(({ matched }) => matched)
    .flatMap(({ items }) => {
      const own = [...items].filter((item) => isOpen(item) && !placed.has(item));
      for (const item of own) placed.add(item);
      return own.sort(by(order));
    });
  const places = new Map(sorted.map((item, place) => [item, place]));
  const first = { items: new Set(sorted.slice(0, k)), matched: true };
  return { groups: [first, ...groups.filter(({ matched }) => !matched)], left: sorted.slice(k), places };
}
