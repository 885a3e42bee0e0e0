import type { EvaluationCase } from '../dataset/types.ts';
import { rankingMetrics } from '../evaluation/ranking-metrics.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { crossFit, learnable, type RankedCase } from './cross-fit.ts';
import type { Evidence } from './features/evidence.ts';
import { fitRanker } from './fit-ranker.ts';
import { type Asked, type CandidateOptions, candidatesFor } from './fuse-lists.ts';
import type { Ranker } from './ranker.ts';

export interface LearnOptions extends CandidateOptions {
  /** What the beams find behind each history, and which items may come there. */
  listsOf(cases: readonly EvaluationCase[]): Promise<Asked[]>;
  evidence: Evidence;
  seed: number;
  report: Reporter;
  signal?: AbortSignal | undefined;
}

export interface LearnedFusion {
  ranker: Ranker;
  /** For the histories that it was learned from, one that was learned without them; null for others. */
  leftOut(history: Int32Array): Ranker | null;
  /** Of lists by rankers that were learned without their users. */
  metrics: Record<string, number>;
  cases: number;
}

const casesAtOnce = 256;
/** From fewer, a ranker learns nothing that holds. */
const fewestExamples = 20;
export const fusionCutoffs = [10];

/** Learns a ranker from cases whose items neither the model nor the encoders have learned. */
export async function learnFusion(
  cases: readonly EvaluationCase[],
  options: LearnOptions,
): Promise<LearnedFusion> {
  const { listsOf, evidence, seed, report, signal } = options;
  const known: RankedCase[] = [];
  for (let start = 0; start < cases.length; start += casesAtOnce) {
    signal?.throwIfAborted();
    const batch = cases.slice(start, start + casesAtOnce);
    const asked = await listsOf(batch);
    const lists = await candidatesFor(asked, options);
    for (const [at, { user, target }] of batch.entries())
      known.push({
        user,
        features: evidence.featuresOf(asked[at].history, lists[at]),
        right: lists[at].findIndex(({ item }) => item === target),
      });
    report({ type: 'progress', label: 'cases for the ranker', done: known.length, total: cases.length });
  }
  const examples = learnable(known);
  if (examples.length < fewestExamples)
    throw new UserError(
      'fusion/few-examples',
      `the ranker would learn from ${examples.length} users whose validation item is among what the model or the encoders find; expected at least ${fewestExamples}`,
      { place: 'decoding.fusion', remedy: 'Set decoding.fusion to none, or train on more data.' },
    );
  const fit = { features: evidence.names.length, seed, signal };
  const { ranks, rankerOf } = await crossFit(known, fit);
  const folds = new Map(cases.map(({ history }, at) => [history, rankerOf(at)]));
  return {
    ranker: await fitRanker(examples, fit),
    leftOut: (history) => folds.get(history) ?? null,
    metrics: rankingMetrics(ranks, fusionCutoffs),
    cases: cases.length,
  };
}
