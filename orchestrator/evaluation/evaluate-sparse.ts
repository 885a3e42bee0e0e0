import type { EvaluationCase } from '../dataset/types.ts';
import { type EvaluateOptions, forEachBatch, type ScorerRanks, shareOf } from './evaluate-scorer.ts';

/** What is asked: what the user had before the target, as the model reads it and all of it. Never the target. */
export type Question = Pick<EvaluationCase, 'history' | 'seen'>;

/**
 * A recommender that has something to say of few items only: it adds scores above 0 to these, and all others stand
 * behind them.
 */
export interface SparseScorer {
  score(question: Question, add: (item: number, value: number) => void): void;
  /** [items] the order of the others and of equal scores: higher first, then the lower item number. */
  fallback: ArrayLike<number>;
}

/**
 * As `evaluateScorer`: the place of every target among all items. Costs as much a case as it has scores, however large
 * the catalogue is.
 */
export async function evaluateSparse(
  cases: readonly EvaluationCase[],
  { score, fallback }: SparseScorer,
  options: EvaluateOptions,
): Promise<ScorerRanks> {
  const { items, coverageCutoff = 10, listsSeen = true } = options;
  const ordered = orderItems(items, fallback);
  const { scores, before, placeOf } = ordered;
  const kept = new Int32Array(cases.length);
  const removed = new Int32Array(cases.length);
  const recommended = new Uint8Array(items);
  await forEachBatch(cases, options, async (batch, start) => {
    for (const [at, { history, seen, target }] of batch.entries()) {
      const scored: number[] = [];
      score({ history, seen }, (item, value) => {
        if (scores[item] === 0) scored.push(item);
        scores[item] += value;
      });
      let rank = 1;
      if (scores[target] > 0) {
        for (const item of scored) if (before(item, target)) rank++;
      } else {
        rank += placeOf[target] + scored.length;
        for (const item of scored) if (placeOf[item] < placeOf[target]) rank--;
      }
      const own = new Set(seen);
      let without = rank;
      for (const item of own) if (before(item, target)) without--;
      removed[start + at] = own.has(target) ? 0 : without;
      kept[start + at] = rank;
      const isListed = (item: number) => listsSeen || !own.has(item);
      for (const item of firstOf(scored, coverageCutoff, ordered, isListed)) recommended[item] = 1;
      for (const item of scored) scores[item] = 0;
    }
  });
  return { kept, removed, coverage: shareOf(recommended), coverageCutoff };
}

/** Items by the scores that stand in `scores`, and where these are equal by the order of the others. */
export interface OrderedItems {
  /** All items in the order of the fallback, and the place of each there. */
  order: Int32Array;
  placeOf: Int32Array;
  /** [items] 0 where nothing was said of an item. */
  scores: Float64Array;
  before: (a: number, b: number) => boolean;
}

export function orderItems(items: number, fallback: ArrayLike<number>): OrderedItems {
  const order = Int32Array.from({ length: items }, (_, item) => item).sort(
    (a, b) => fallback[b] - fallback[a] || a - b,
  );
  const placeOf = new Int32Array(items);
  for (const [place, item] of order.entries()) placeOf[item] = place;
  const scores = new Float64Array(items);
  const before = (a: number, b: number) =>
    scores[a] > scores[b] || (scores[a] === scores[b] && placeOf[a] < placeOf[b]);
  return { order, placeOf, scores, before };
}

/** The first items of the list: the scored ones, then the others in their order. */
export function firstOf(
  scored: readonly number[],
  count: number,
  { order, before, scores }: OrderedItems,
  isListed: (item: number) => boolean,
): number[] {
  const best: number[] = [];
  for (const item of scored) {
    if (!isListed(item) || (best.length === count && !before(item, best[count - 1]))) continue;
    let at = best.length;
    while (at > 0 && before(item, best[at - 1])) at--;
    best.splice(at, 0, item);
    if (best.length > count) best.pop();
  }
  for (let place = 0; place < order.length && best.length < count; place++) {
    const item = order[place];
    if (scores[item] === 0 && isListed(item)) best.push(item);
  }
  return best;
}
