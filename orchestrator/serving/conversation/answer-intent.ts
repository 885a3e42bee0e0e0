import { allOrNone } from '../../shared/all-or-none.ts';
import type { Intent, Limit } from '../../understanding/intent.ts';
import { type AnswerParts, findItems, listedItem, type Reason, type Start } from '../answer-start.ts';
import { codeOf } from '../cards.ts';
import type { Usage } from '../contract/chat-completions.ts';
import type { RecommendedItem, Why } from '../contract/items.ts';
import { forOneAnswer } from '../one-answer.ts';
import type { Found } from '../search/pick-items.ts';
import type { Conditions } from '../wishes/conditions.ts';
import { interleave } from './interleave.ts';
import { both, type IntentPlanParts, type IntentToPlan, noItems, planIntent } from './plan-intent.ts';
import { firstByOrder, type Plan, type PlannedLane } from './plan-lanes.ts';

/** An intent, with what else is known, in item numbers. */
export interface AskedIntent extends IntentToPlan {
  boosted?: Start['boosted'];
  spread?: Start['spread'];
}

export interface AnsweredIntent {
  items: RecommendedItem[];
  usage: Usage;
  /** Without what is left aside. */
  intent: Intent;
  plan: Plan;
  conditions: Conditions;
  /** A mere "cheaper", where nothing else is cheaper. */
  aside: Limit | null;
  /** What is popular stood in: nothing was known to go by. */
  isPopular: boolean;
  /** Nothing fits; what is listed is of the kind that was asked for. */
  isNear: boolean;
  /** The items that a question is about. */
  asked: number[];
}

export interface IntentParts extends AnswerParts, IntentPlanParts {
  isSoldOut(item: number): boolean;
  reason: Reason;
}

/** Finds the items that answer an intent, each with its reason. */
export async function answerIntent(
  asked: AskedIntent,
  parts: IntentParts,
  signal?: AbortSignal,
): Promise<AnsweredIntent> {
  const { history, excluded, k } = asked;
  const { intent, plan, conditions, allowed, liked, about, aside } = await planIntent(asked, parts);
  const listed = new Set(about);
  const fitting = onlyFitting(intent, plan);
  const lanes = fitting ? plan.lanes.map((lane) => ({ ...lane, beyond: noItems })) : plan.lanes;
  const start = {
    ...asked,
    allowed: about.length > 0 ? parts.offered(listed) : both(allowed, fitting),
    excluded: about.length > 0 ? noItems : excluded,
  };
  const lists = await searchAll(lanes, start, k, parts, signal);
  const near = nearOf(plan);
  // To whom nothing is known to be likely, what is not even near is no answer.
  const isNew = history.length === 0 && about.length === 0 && plan.lanes.some(({ wish }) => wish);
  const ofGroups = ({ groups }: PlannedLane, { item }: Found) => groups.some(({ items }) => items.has(item));
  const merged = interleave(
    lists.map(({ found }, at) => ({
      items: near
        ? found.filter(({ item }) => near.has(item))
        : isNew
          ? found.filter((each) => ofGroups(lanes[at], each))
          : found,
      levelOf: levelOf(plan.lanes[at], about.length > 0 ? null : parts.isSoldOut),
      numberOf: ({ item }: Found) => item,
    })),
    k,
  ).map(({ lane, found }) => ({ lane: lanes[lane], found }));
  if (isNew && merged.length < k) {
    const listedAlready = new Set([...start.excluded, ...merged.map(({ found }) => found.item)]);
    const open = { ...start, excluded: listedAlready };
    const { found } = await searchLane(popularLane, open, k - merged.length, parts, signal);
    merged.push(...found.map((each) => ({ lane: popularLane, found: { ...each, matched: false } })));
  }
  // In the order in which they were asked about.
  if (about.length > 1) merged.sort((a, b) => about.indexOf(a.found.item) - about.indexOf(b.found.item));
  // Whoever asks for it gets it, and nothing stands in.
  const isAsked = intent.order === 'popular' && plan.lanes.some(({ order }) => order);
  const isPopular = history.length === 0 && !isAsked && plan.lanes.every(({ query }) => query === '');
  const items = merged.map(({ lane, found }) => ({
    ...listedItem(
      found,
      parts.artefacts.dataset.items[found.item],
      codeOf(parts.artefacts.index, found.item),
    ),
    why: whyOf(found, lane, liked, listed),
    ...(intent.wishes.length > 1 && lane.wish ? { wish: lane.wish.at } : {}),
  }));
  const isNear = near !== null && items.length > 0;
  const usage = sumOf(lists.map((list) => list.usage));
  return { items, usage, intent, plan, conditions, aside, isPopular, isNear, asked: about };

  function whyOf(
    { item, matched }: Found,
    { wish, query, order }: PlannedLane,
    liked: readonly number[],
    shown: ReadonlySet<number>,
  ): Why {
    if (shown.has(item)) return { kind: 'listed' };
    if (matched && intent.order === 'popular' && order && order[item] < Infinity) return { kind: 'popular' };
    if (matched && wish?.fit.by === 'meaning') return { kind: 'meaning' };
    if (near || (isNew && wish && !matched)) return { kind: 'near' };
    if (matched && wish) return { kind: 'words', words: wish.fit.wordsOf(item) };
    const isModel = history.length > 0 || query !== '';
    return parts.reason(item, matched && liked.length > 0 ? liked : history, isModel);
  }
}

/** What many take, behind what fits. */
const popularLane: PlannedLane = { query: '', groups: [], wish: null, order: null, beyond: noItems };

/**
 * What fits, where something fits and a limit is firm: who asks for something cheaper than an item wants nothing else
 * beside it. Null where other things may follow.
 */
function onlyFitting({ limits }: Intent, { lanes }: Plan): ReadonlySet<number> | null {
  if (!limits.some(({ firm }) => firm) || !lanes.some(({ wish }) => wish)) return null;
  return new Set(
    lanes.flatMap(({ groups }) => groups.flatMap(({ items, matched }) => (matched ? [...items] : []))),
  );
}

/** One answer, however many searches it takes; if one is refused, the others are withdrawn. */
async function searchAll(
  lanes: readonly PlannedLane[],
  start: Omit<AskedIntent, 'intent'>,
  k: number,
  parts: AnswerParts,
  signal: AbortSignal | undefined,
): Promise<{ found: Found[]; usage: Usage }[]> {
  const own = { ...parts, decoder: forOneAnswer(parts.decoder) };
  return allOrNone(signal, (either) => lanes.map((lane) => searchLane(lane, start, k, own, either)));
}

async function searchLane(
  { query, groups, order, beyond }: PlannedLane,
  start: Omit<AskedIntent, 'intent'>,
  k: number,
  parts: AnswerParts,
  signal: AbortSignal | undefined,
): Promise<{ found: Found[]; usage: Usage }> {
  const { excluded } = start;
  const allowed = start.allowed && beyond.size > 0 ? new Set([...start.allowed, ...beyond]) : start.allowed;
  const isOpen = (item: number) => (allowed?.has(item) ?? true) && !excluded.has(item);
  if (!order) return findItems({ ...start, allowed, wish: query, groups }, k, parts, signal);
  const first = firstByOrder(groups, order, k, isOpen);
  const left = new Set([...excluded, ...first.left]);
  const ordered = { ...start, allowed, wish: query, groups: first.groups, excluded: left };
  const { found, usage } = await findItems(ordered, k, parts, signal);
  const placeOf = ({ item }: Found) => first.places.get(item) ?? Infinity;
  const fitting = found.filter(({ matched }) => matched).sort((a, b) => placeOf(a) - placeOf(b));
  return { found: [...fitting, ...found.filter(({ matched }) => !matched)], usage };
}

/** 0 for what fits, 1 for others of its kind, 2 for the rest; of each, what is sold out comes last. */
function levelOf({ groups }: PlannedLane, isSoldOut: ((item: number) => boolean) | null) {
  return ({ item, matched }: Found) => {
    const level = matched ? 0 : groups.some(({ items }) => items.has(item)) ? 1 : 2;
    return level + (isSoldOut?.(item) ? 0.5 : 0);
  };
}

/** What is of the kind that was asked for, where nothing fits; null where something fits, or nothing is near. */
function nearOf({ lanes, missing }: Plan): ReadonlySet<number> | null {
  if (missing.length === 0 || lanes.some(({ wish }) => wish)) return null;
  const near = new Set(lanes.flatMap(({ groups }) => groups.flatMap(({ items }) => [...items])));
  return near.size > 0 ? near : null;
}

function sumOf(usages: readonly Usage[]): Usage {
  const sum = (field: keyof Usage) => usages.reduce((all, usage) => all + usage[field], 0);
  return {
    prompt_tokens: sum('prompt_tokens'),
    completion_tokens: sum('completion_tokens'),
    total_tokens: sum('total_tokens'),
  };
}
