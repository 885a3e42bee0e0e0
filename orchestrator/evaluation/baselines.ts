import type { CountingName } from '../shared/recommender-names.ts';
import type { Baseline, BaselinesGiven, SparseBaseline } from './baselines/baseline.ts';
import { behaviour } from './baselines/behaviour.ts';
import { boughtTogether } from './baselines/bought-together.ts';
import { buyAgain } from './baselines/buy-again.ts';
import { encoderBaseline } from './baselines/own-encoder.ts';
import { popularity } from './baselines/popularity.ts';
import { recentPopularity } from './baselines/recent-popularity.ts';
import { whatFollowed } from './baselines/what-followed.ts';
import type { EvaluatedMethod } from './build-result.ts';
import { type BaselineName, baselineNames } from './settings.ts';

/** Those that count over the training log. */
export const countingBaselines: Record<CountingName, SparseBaseline> = {
  popularity,
  'recent-popularity': recentPopularity,
  'bought-together': boughtTogether,
  'what-followed': whatFollowed,
  'buy-again': buyAgain,
};

const baselines: Record<BaselineName, Baseline> = {
  ...countingBaselines,
  sasrec: encoderBaseline('sasrec'),
  din: encoderBaseline('din'),
  behaviour,
};

/** The rows of the chosen baselines, in the order of their names; a row that two of them give stands once. */
export async function rankBaselines(
  chosen: readonly BaselineName[],
  given: BaselinesGiven,
): Promise<EvaluatedMethod[]> {
  const methods: EvaluatedMethod[] = [];
  for (const name of baselineNames.filter((each) => chosen.includes(each))) {
    // The rows of `behaviour` hold it.
    if (name === given.behaviour.encoder && chosen.includes('behaviour')) continue;
    for await (const method of baselines[name].rank(given)) methods.push(method);
  }
  return methods;
}
