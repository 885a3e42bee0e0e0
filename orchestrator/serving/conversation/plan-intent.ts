import type { Intent, Limit } from '../../understanding/intent.ts';
import type { Group } from '../search/wanted.ts';
import type { Conditions } from '../wishes/conditions.ts';
import type { Plan, Planned } from './plan-lanes.ts';

/** An intent, with what bounds its lists, in item numbers. */
export interface IntentToPlan {
  intent: Intent;
  excluded: ReadonlySet<number>;
  /** The rules of the request. */
  allowed: ReadonlySet<number> | null;
  /** Oldest first, with the items of the intent. */
  history: readonly number[];
  k: number;
}

export interface IntentPlanParts {
  conditionsOf(intent: Intent): Conditions;
  plan(asked: Planned): Promise<Plan>;
  /** Of the allowed items, those that are available. */
  offered(allowed: ReadonlySet<number> | null): ReadonlySet<number> | null;
  numberOf(id: string): number | undefined;
}

/** What is searched for an intent, in item numbers. */
export interface PlannedIntent {
  /** Without what is left aside. */
  intent: Intent;
  plan: Plan;
  conditions: Conditions;
  /** Null for all items. */
  allowed: ReadonlySet<number> | null;
  liked: number[];
  /** The items that a question is about. */
  about: number[];
  /** A mere "cheaper", where no other item than those shown is cheaper. */
  aside: Limit | null;
}

export const noItems: ReadonlySet<number> = new Set();

/**
 * The searches for an intent. After a mere "cheaper" what was shown stands behind what was not; where there is nothing new,
 * the limit is left aside, and the cheapest come first.
 */
export async function planIntent(asked: IntentToPlan, parts: IntentPlanParts): Promise<PlannedIntent> {
  const planned = await planAsItIs(asked, parts);
  const limit = asked.intent.limits.find(({ other_than }) => other_than);
  if (!limit || planned.about.length > 0) return planned;
  const shown = new Set(numbersOf(limit.other_than ?? [], parts));
  const { plan, allowed } = planned;
  const isNew = (item: number) =>
    !shown.has(item) && !asked.excluded.has(item) && (allowed?.has(item) ?? true);
  if (
    plan.lanes.some(({ groups }) => groups.some(({ items, matched }) => matched && [...items].some(isNew)))
  ) {
    const lanes = plan.lanes.map((lane) => ({ ...lane, groups: shownLast(lane.groups, shown) }));
    return { ...planned, plan: { ...plan, lanes } };
  }
  const intent: Intent = {
    ...asked.intent,
    limits: asked.intent.limits.filter((other) => other !== limit),
    order: limit.max === null ? 'dearest' : 'cheapest',
  };
  return { ...(await planAsItIs({ ...asked, intent }, parts)), aside: limit };
}

async function planAsItIs(asked: IntentToPlan, parts: IntentPlanParts): Promise<PlannedIntent> {
  const { intent, excluded, history, k } = asked;
  const conditions = parts.conditionsOf(intent);
  const allowed = parts.offered(both(asked.allowed, conditions.allowed));
  const about = numbersOf(intent.question?.item_ids ?? [], parts);
  const liked = numbersOf(intent.liked, parts);
  const known = { intent, conditions, allowed, liked, about, aside: null };
  if (about.length > 0) return { ...known, plan: questionPlan(about) };
  const isLimited =
    intent.limits.some((limit) => !conditions.unknown.includes(limit)) || intent.liked.length > 0;
  const wide = parts.offered(both(asked.allowed, conditions.wide));
  const beyond = (item: number) => (wide?.has(item) === false ? null : conditions.beyond(item));
  const plan = await parts.plan({
    intent,
    allowed,
    wide,
    beyond,
    isLimited,
    excluded,
    liked,
    isNew: history.length === 0,
    k,
  });
  return { ...known, plan };
}

/** Each group that fits in two. */
function shownLast(groups: readonly Group[], shown: ReadonlySet<number>): Group[] {
  const part = ({ items, matched }: Group, isShown: boolean): Group => ({
    items: new Set([...items].filter((item) => shown.has(item) === isShown)),
    matched,
  });
  return groups
    .flatMap((group) => (group.matched ? [part(group, false), part(group, true)] : group))
    .filter(({ items }) => items.size > 0);
}

function questionPlan(about: readonly number[]): Plan {
  const groups = [{ items: new Set(about), matched: true }];
  return {
    lanes: [{ query: '', groups, wish: null, order: null, beyond: noItems }],
    missing: [],
    partial: [],
    unordered: null,
    isUnlike: false,
  };
}

const numbersOf = (ids: readonly string[], { numberOf }: Pick<IntentPlanParts, 'numberOf'>) =>
  ids.map(numberOf).filter((item) => item !== undefined);

export function both(
  a: ReadonlySet<number> | null,
  b: ReadonlySet<number> | null,
): ReadonlySet<number> | null {
  if (!a || !b) return a ?? b;
  return new Set([...a].filter((item) => b.has(item)));
}
