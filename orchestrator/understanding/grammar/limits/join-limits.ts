import type { Limit } from '../../intent.ts';
import type { Heard } from '../heard.ts';
import { limitBy } from './compare-prices.ts';
import { asGuess } from './money.ts';

/** Ids of so many items that were shown are kept. */
const mostShown = 100;

/**
 * The limits after a turn: one that is said takes the place of that of its field before. A mere "cheaper" was never said in
 * numbers: it stands beside what was, takes only the place of its like, and goes when the cheapest are asked for. Behind a
 * range ("20 to 30") it leads out of it: "more expensive" has no upper bound.
 */
export function joinLimits(
  before: readonly Limit[],
  { limits, order, freesPrice }: Pick<Heard, 'limits' | 'order' | 'freesPrice'>,
): Limit[] {
  const stays = (limit: Limit) =>
    !(freesPrice && limit.field === 'price') && !(typeof order === 'string' && isMere(limit));
  const kept = before.filter(stays);
  const joined = limits.map((limit) => {
    const others = kept.filter(({ field }) => field === limit.field);
    const told = others.find((other) => !isMere(other));
    return withShown(notLooser(limit, told), others.find(isMere));
  });
  const isReplaced = (limit: Limit) =>
    joined.some((next) => next.field === limit.field && (!isMere(next) || isMere(limit) || isRange(limit)));
  return [...kept.filter((limit) => !isReplaced(limit)), ...joined];
}

const isRange = ({ min, max }: Limit) => min !== null && max !== null;
const isMere = ({ other_than }: Limit) => other_than !== undefined;

/** "Cheaper", and again "cheaper": new is what neither list showed. */
function withShown(limit: Limit, before: Limit | undefined): Limit {
  if (!limit.other_than || !before?.other_than) return limit;
  return {
    ...limit,
    other_than: [...new Set([...before.other_than, ...limit.other_than])].slice(-mostShown),
  };
}

/** "Cheaper" than what is shown beside "under 100" is no leave to go above 100; "20 to 30" is left on one side alone. */
function notLooser(limit: Limit, before: Limit | undefined): Limit {
  if (!limit.firm || !before) return limit;
  const isLooser =
    (limit.max !== null && before.max !== null && limit.max > before.max) ||
    (limit.min !== null && before.min !== null && limit.min < before.min);
  if (!isLooser) return limit;
  return isRange(before) ? fromEdge(limit, before) : { ...before, firm: true };
}

/** From the edge of the range, where what was shown to fill the list up lies beyond it. */
function fromEdge(limit: Limit, { min, max }: Limit): Limit {
  const edge = limit.max === null ? limitBy('more', [min ?? 0]) : limitBy('less', [max ?? 0]);
  const { text } = limit.guessed ? asGuess(edge, limit.max === null ? 'more expensive' : 'cheaper') : edge;
  return { ...limit, text, min: edge.min, max: edge.max };
}
