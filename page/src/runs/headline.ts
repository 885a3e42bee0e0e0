import { leadingFigure, selectionFigure } from '../../../orchestrator/evaluation/headline.ts';
import type { Figure } from '../../../orchestrator/evaluation/result.ts';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import type { RunsAnswer } from '../../../orchestrator/server/page/wire.ts';

/** By which protocol runs are shown: each by that of its own lists, or all by one. */
export type Shown = Seen | 'own';

export type ListedRun = RunsAnswer['runs'][number];

/** What a run that is not evaluated yet will most likely be told by. */
const usualCutoffs = [10];

/** The two figures that runs of a list are told by, each at the run's longest list: `recall@10`, `ndcg@10`. */
export function headNames(run: ListedRun | undefined): [string, string] {
  const cutoffs = run?.measured?.cutoffs ?? usualCutoffs;
  return [leadingFigure(cutoffs), selectionFigure(cutoffs)];
}

/** By which protocol a run is shown; null for one without figures. */
export function seenOf({ measured }: ListedRun, shown: Shown): Seen | null {
  return measured && (shown === 'own' ? measured.own : shown);
}

/** One of these by a protocol; null where the run has none by it, as older ones may. */
export function headFigure(run: ListedRun, at: 0 | 1, shown: Shown): Figure | null {
  const seen = seenOf(run, shown);
  return (seen && run.measured?.figures[seen]?.[headNames(run)[at]]) ?? null;
}

/** A smaller share changes no figure to be seen. */
const smallestLoss = 0.01;

/** `649 of 2,368 targets cannot be found`: where lists without seen items miss what people took again; else null. */
export function lostTargets(run: ListedRun, shown: Shown): string | null {
  const { targets, seen_targets } = run.measured ?? {};
  if (seenOf(run, shown) !== 'removed' || !seen_targets || !targets) return null;
  if (seen_targets < smallestLoss * targets) return null;
  return `${seen_targets.toLocaleString('en-US')} of ${targets.toLocaleString('en-US')} targets cannot be found`;
}

/** By one of the figures, the best first; runs without it last. */
export function bestFirst(runs: readonly ListedRun[], at: 0 | 1, shown: Shown): ListedRun[] {
  const figureOf = (run: ListedRun) => headFigure(run, at, shown)?.value ?? -1;
  return runs.toSorted((a, b) => figureOf(b) - figureOf(a));
}
