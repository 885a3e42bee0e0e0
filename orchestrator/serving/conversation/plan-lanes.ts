import type { Intent, Wish } from '../../understanding/intent.ts';
import type { ItemFields } from '../rules/item-fields.ts';
import type { Group } from '../search/wanted.ts';
import type { Fit, FitWish } from '../wishes/fit-wish.ts';
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
  k: number;
}

export interface PlannerParts {
  fields: ItemFields;
  fitWish: FitWish;
  likeness(item: number): Promise<Float32Array>;
}

/** The searches that answer an intent; one at least. */
export function createPlanner({ fields, fitWish, likeness }: PlannerParts) {
  const orderOf = async ({ intent: { order }, liked }: Planned): Promise<Float32Array | null> => {
    if (order && fields.names().includes('price')) {
      const direction = order === 'cheapest' ? 1 : -1;
      return Float32Array.from(fields.numbers('price'), (price) =>
        Number.isNaN(price) ? Infinity : direction * price,
      );
    }
    if (liked.length === 0) return null;
    const all = await Promise.all(liked.map(likeness));
    return all[0].map((_, item) => -all.reduce((sum, cosines) => sum + cosines[item], 0));
  };
  /** "A wok, 32 cm", where none is: woks of other sizes, or of other brands, are of its kind. */
  const otherKinds = async (wish: Wish, fit: Fit, wide: ReadonlySet<number> | null): Promise<Fit> => {
    if (wish.brands.length + wish.measures.length === 0) return fit;
    const others = await fitWish({ ...wish, brands: [], measures: [] }, wide);
    return { ...others, groups: [...fit.groups, ...others.groups] };
  };
  return async (asked: Planned): Promise<Plan> => {
    const { intent, allowed, wide, isLimited, excluded, liked, k } = asked;
    const order = await orderOf(asked);
    const open = (item: number) => (allowed?.has(item) ?? true) && !excluded.has(item);
    const lanes: PlannedLane[] = [];
    const [missing, partial]: Wish[][] = [[], []];
    const near: Group[] = [];
    const beyond = new Set<number>();
    const beyondOf = (item: number) => (excluded.has(item) ? null : asked.beyond(item));
    for (const [at, wish] of intent.wishes.entries()) {
      const fit = await fitWish(wish, wide);
      if (!fit.groups.some(({ items, matched }) => matched && [...items].some(open))) {
        missing.push(wish);
        const kind = nearLimits(await otherKinds(wish, fit, wide), k, open, beyondOf);
        near.push(...kind.groups.map(({ items }) => ({ items, matched: false })));
        for (const item of kind.beyond) beyond.add(item);
        continue;
      }
      if (fit.isPartial) partial.push(wish);
      const kind = nearLimits(fit, k, open, beyondOf);
      lanes.push({ query: wish.text, groups: kind.groups, wish: { at, fit }, order, beyond: kind.beyond });
    }
    if (lanes.length > 0) return { lanes, missing, partial };
    if (intent.wishes.length > 0 || (!order && !isLimited))
      return { lanes: [{ query: '', groups: near, wish: null, order: null, beyond }], missing, partial };
    const fitting = Array.from({ length: fields.size }, (_, item) => item).filter(open);
    // Of what is like an item, the likest alone fit; a price is a condition that all others fulfil, too.
    const groups = [{ items: firstOf(fitting, liked.length > 0 ? order : null, k), matched: true }];
    return { lanes: [{ query: '', groups, wish: null, order, beyond }], missing, partial };
  };
}

function firstOf(items: readonly number[], order: Float32Array | null, k: number): ReadonlySet<number> {
  if (!order) return new Set(items);
  return new Set([...items].sort((a, b) => order[a] - order[b]).slice(0, k));
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
      return own.sort((a, b) => order[a] - order[b]);
    });
  const places = new Map(sorted.map((item, place) => [item, place]));
  const first = { items: new Set(sorted.slice(0, k)), matched: true };
  return { groups: [first, ...groups.filter(({ matched }) => !matched)], left: sorted.slice(k), places };
}
