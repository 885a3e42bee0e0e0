import type { EvaluationCase } from '../dataset/types.ts';
import { rankingMetrics } from '../evaluation/ranking-metrics.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { crossFit, learnable, type RankedCase } from './cross-fit.ts';
import { fitRanker } from './fit-ranker.ts';
import { type Asked, candidatesFor, type Knowledge } from './fuse-lists.ts';
import type { Ranker } from './ranker.ts';

export interface LearnOptions extends Knowledge {
  /** What the beams find behind each history, and which items may come there. */
  listsOf(cases: readonly EvaluationCase[]): Promise<Asked[]>;
  /** The same, as if nobody had taken some items (`cold`): how to place new ones is learned from these. */
  asIfNew: Knowledge | null;
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
  const { listsOf, evidence, asIfNew, seed, report, signal } = options;
  const known: RankedCase[] = [];
  const others: RankedCase[] = [];
  for (let start = 0; start < cases.length; start += casesAtOnce) {
    signal?.throwIfAborted();
    const batch = cases.slice(start, start + casesAtOnce);
    const asked = await listsOf(batch);
    known.push(...(await rankedCases(batch, asked, options)));
    if (asIfNew) others.push(...(await rankedCases(batch, asked, asIfNew)));
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
  const { ranks, rankerOf } = await crossFit([...known, ...others], fit);
  const folds = new Map(cases.map(({ history }, at) => [history, rankerOf(at)]));
  return {
    ranker: await fitRanker([...examples, ...learnable(others)], fit),
    leftOut: (history) => folds.get(history) ?? null,
    metrics: rankingMetrics(ranks.subarray(0, known.length), fusionCutoffs),
    cases: cases.length,
  };
}

async function rankedCases(
  cases: readonly EvaluationCase[],
  asked: readonly Asked[],
  voices: Knowledge,
): Promise<RankedCase[]> {
  const compared = await candidatesFor(asked, voices);
  const features = await voices.evidence.featuresOf(compared);
  return cases.map(({ user, target }, at) => ({
    user,
    features: features[at],
    right: compared[at].candidates.findIndex(({ item }) => item === target),
  }));
}
