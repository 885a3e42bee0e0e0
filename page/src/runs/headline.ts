import { leadingFigure, selectionFigure } from '../../../orchestrator/evaluation/headline.ts';
import type { Figure } from '../../../orchestrator/evaluation/result.ts';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';

export type ListedRun = RunsAnswer['runs'][number];

/** What a run that is not evaluated yet will most likely be told by. */
const usualCutoffs = [10];

/** The two figures that runs of a list are told by, each at the run's longest list: `recall@10`, `ndcg@10`. */
export function headNames(run: ListedRun | undefined): [string, string] {
  const cutoffs = run?.measured?.cutoffs ?? usualCutoffs;
  return [leadingFigure(cutoffs), selectionFigure(cutoffs)];
}

/** One of these by a protocol; null where the run has none by it, as older ones may. */
export function headFigure(run: ListedRun, at: 0 | 1, seen: Seen): Figure | null {
  return run.measured?.figures[seen]?.[headNames(run)[at]] ?? null;
}

/** By one of the figures, the best first; runs without it last. */
export function bestFirst(runs: readonly ListedRun[], at: 0 | 1, seen: Seen): ListedRun[] {
  const figureOf = (run: ListedRun) => headFigure(run, at, seen)?.value ?? -1;
  return runs.toSorted((a, b) => figureOf(b) - figureOf(a));
}
