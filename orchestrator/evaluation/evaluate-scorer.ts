import type { EvaluationCase } from '../dataset/types.ts';
import { createBreathe } from '../shared/breathe.ts';
import { rankOfTarget, rankWithout } from '../shared/rank-of-target.ts';
import type { Reporter } from '../shared/reporter.ts';
import { rowsAtOnce } from '../shared/rows-at-once.ts';
import { topItems } from './top-items.ts';

/** Scores of every item after each history: [histories * items], row-major. It never sees a target. */
export type Scorer = (histories: Int32Array[]) => Promise<Float32Array>;

export interface EvaluateOptions {
  /** Number of items in the catalogue. */
  items: number;
  batchSize?: number | undefined;
  /** Whether lists may contain items that the user has seen: `coverage` is of such lists; true by default. */
  listsSeen?: boolean | undefined;
  /** Items among the first so many places count as recommended for `coverage`; 10 by default. */
  coverageCutoff?: number | undefined;
  report?: Reporter | undefined;
  signal?: AbortSignal | undefined;
  label?: string | undefined;
}

export interface ScorerRanks {
  /** [cases] from 1, among all items; 0 where the target is never recommended. */
  kept: Int32Array;
  /** [cases] the same with the items removed that the user had before; 0 where the target is one of them. */
  removed: Int32Array;
  /** Share of the catalogue that is recommended to someone within the first `coverageCutoff` places. */
  coverage: number;
  coverageCutoff: number;
}

const usualBatch = 64;

/**
 * Ranks every case's target among all items of the catalogue (no sampling), batch by batch, none left out: with what the
 * user has seen kept, and with it removed.
 */
export async function evaluateScorer(
  cases: readonly EvaluationCase[],
  score: Scorer,
  options: EvaluateOptions,
): Promise<ScorerRanks> {
  const { items, coverageCutoff = 10, listsSeen = true } = options;
  const kept = new Int32Array(cases.length);
  const removed = new Int32Array(cases.length);
  const recommended = new Uint8Array(items);
  const batchSize = rowsAtOnce(items, options.batchSize ?? usualBatch);
  await forEachBatch(cases, { ...options, batchSize }, async (batch, start) => {
    const scores = await score(batch.map(({ history }) => history));
    if (scores.length !== batch.length * items)
      throw new RangeError(`a scorer must give ${batch.length} x ${items} scores, got ${scores.length}`);
    for (const [at, { seen, target }] of batch.entries()) {
      const row = scores.subarray(at * items, (at + 1) * items);
      kept[start + at] = rankOfTarget(row, target);
      removed[start + at] = rankWithout(kept[start + at], row, target, seen);
      const listed = topItems(row, coverageCutoff, listsSeen ? undefined : new Set(seen));
      for (const item of listed) recommended[item] = 1;
    }
  });
  return { kept, removed, coverage: shareOf(recommended), coverageCutoff };
}

/** Walks over all cases, the short last batch included, with progress and a chance to stop. */
export async function forEachBatch(
  cases: readonly EvaluationCase[],
  { batchSize = usualBatch, report, signal, label = 'users evaluated' }: EvaluateOptions,
  work: (batch: readonly EvaluationCase[], start: number) => Promise<void>,
): Promise<void> {
  const breathe = createBreathe(signal);
  for (let start = 0; start < cases.length; start += batchSize) {
    signal?.throwIfAborted();
    const batch = cases.slice(start, start + batchSize);
    await work(batch, start);
    report?.({ type: 'progress', label, done: start + batch.length, total: cases.length });
    await breathe();
  }
}

/** Share of the marks that are set. */
export function shareOf(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}
