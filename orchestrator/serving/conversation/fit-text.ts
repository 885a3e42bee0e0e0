import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import type { Aside, Intent, Part, Turn } from '../../understanding/index.ts';
import { cardOf } from '../cards.ts';
import type { Understood } from '../contract/understood.ts';
import type { Conditions } from '../wishes/conditions.ts';
import { asksNothing, asksSomething } from './asks-nothing.ts';
import { isForeign } from './foreign.ts';
import type { Plan, Planned } from './plan-lanes.ts';
import { sayUnderstood } from './say-understood.ts';
import { untoldIn } from './say-untold.ts';

/** All that fits a text, in item numbers. */
export interface FittingText {
  understood: Understood;
  /** One for each wish: what fits it best comes first; `order` (lower first) stands above that where there is one. */
  lanes: { levels: ReadonlySet<number>[]; order: Float32Array | null }[];
  /** What its limits allow; null for all items. */
  allowed: ReadonlySet<number> | null;
  /** Each of its words was understood as it was typed, and some item has them all. */
  isWhole: boolean;
  /** What is looked for, in the words that were typed. */
  typed: string;
}

export interface FitTextParts {
  items: readonly Item[];
  readTurns(turns: readonly Turn[]): Intent;
  conditionsOf(intent: Intent): Conditions;
  plan(asked: Planned): Promise<Plan>;
  offered(allowed: ReadonlySet<number> | null): ReadonlySet<number> | null;
  numberOf(id: string): number | undefined;
  hasWords(text: string): boolean;
  mentions(word: string): boolean;
  partsOf(intent: Intent, aside?: Aside): Part[];
  /** [items] how like each is to an item: the mean of their cosines. */
  likeness(item: number): Promise<Float32Array>;
}

/** Weaker likeness is none. */
const leastLike = 0.25;
const mostLike = 50;

const noItems: ReadonlySet<number> = new Set();

/** Reads a text as chat does, and finds all that fits it instead of the best few. */
export function createFitText(parts: FitTextParts): (text: string) => Promise<FittingText> {
  const { items, numberOf, hasWords, mentions } = parts;
  return async (text) => {
    const intent = parts.readTurns([{ text, shown: [] }]);
    const conditions = parts.conditionsOf(intent);
    const allowed = parts.offered(conditions.allowed);
    const isLimited = intent.limits.some((limit) => !conditions.unknown.includes(limit));
    const { lanes, missing, partial, unordered, isUnlike } = await parts.plan({
      intent,
      allowed,
      wide: parts.offered(conditions.wide),
      beyond: () => null,
      isLimited: isLimited || intent.without.length > 0,
      excluded: noItems,
      liked: [],
      k: 0,
    });
    const numbersOf = (ids: readonly string[]) => ids.map(numberOf).filter((item) => item !== undefined);
    const asked = numbersOf(intent.question?.item_ids ?? []);
    const liked = numbersOf(intent.liked);
    // Limits are what a list is like an item within; a wish says more of what is looked for than an item does.
    const isLike = liked.length > 0 && intent.wishes.length === 0 && !intent.order;
    const fitting =
      asked.length > 0
        ? [{ levels: [new Set(asked)], order: null }]
        : isLike
          ? [{ levels: await likest(liked, allowed), order: null }]
          : lanes.map(({ groups, order }) => ({
              levels: groups.filter(({ matched }) => matched).map((group) => group.items),
              order,
            }));
    const said = new Set(wordsOf(text));
    const isEmpty = fitting.every(({ levels }) => levels.length === 0);
    const says = sayUnderstood({
      intent,
      missing,
      partial,
      aside: null,
      unordered,
      isUnlike,
      unknownLimits: conditions.unknown,
      history: [],
      liked: isLike ? liked.map((item) => cardOf(items[item])) : [],
      untold: untoldIn(intent, text, mentions),
      asked: [],
      isPopular: false,
      isNear: false,
      isEmpty,
      isUnderstood: !asksNothing(intent) || !asksSomething(text),
      isForeign: isForeign(text),
      isSaid: (words) => wordsOf(words).some((word) => said.has(word)),
      hasWords,
    });
    return {
      understood: {
        parts: parts.partsOf(intent, { limits: conditions.unknown, order: unordered !== null }),
        intent,
        // The last sentence leads to a list.
        says: asked.length > 0 || (isEmpty && says.length > 1) ? says.slice(0, -1) : says,
      },
      lanes: fitting,
      allowed,
      isWhole:
        !asksNothing(intent) &&
        missing.length + partial.length + intent.mended.length + intent.unknown.length === 0 &&
        lanes.every(({ wish }) => wish?.fit.by !== 'meaning'),
      typed: typedWish(intent, text),
    };
  };

  /** What is like the items, the likest first, each on a level of its own. */
  async function likest(liked: readonly number[], allowed: ReadonlySet<number> | null) {
    const all: Float32Array[] = [];
    for (const item of liked) all.push(await parts.likeness(item));
    const likenessOf = (other: number) => Math.max(...all.map((likeness) => likeness[other]));
    return Array.from(items.keys())
      .filter((other) => !liked.includes(other) && (allowed?.has(other) ?? true))
      .filter((other) => likenessOf(other) >= leastLike)
      .sort((a, b) => likenessOf(b) - likenessOf(a))
      .slice(0, mostLike)
      .map((other) => new Set([other]));
  }
}

/** The wishes with the spelling that was typed; the text where nothing was understood. */
function typedWish(intent: Intent, text: string): string {
  const wished = intent.wishes.map((wish) => wish.text).join(' ');
  const typed = intent.mended.reduce((all, { from, to }) => all.replace(to, from), wished);
  const { limits, without, order } = intent;
  return typed || (limits.length + without.length === 0 && order === null ? text : '');
}
