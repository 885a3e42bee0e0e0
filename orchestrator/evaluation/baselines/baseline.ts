import type { Dataset, EvaluationCase } from '../../dataset/types.ts';
import type { BehaviourSettings } from '../../embedding/behaviour/settings.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { EvaluatedMethod } from '../build-result.ts';
import type { EvaluateOptions } from '../evaluate-scorer.ts';
import { evaluateSparse, type SparseScorer } from '../evaluate-sparse.ts';
import type { BaselineName, EvaluationSettings } from '../settings.ts';

export interface BaselinesGiven {
  cases: readonly EvaluationCase[];
  dataset: Dataset;
  settings: Pick<EvaluationSettings, 'recent_days'>;
  behaviour: BehaviourSettings;
  /** Of the behaviour encoders, the one whose item table is the embedding first. */
  behaviourFolders: readonly string[];
  seed: number;
  /** The items' vectors by their texts, for an encoder that is trained here. */
  semantic: () => Matrix;
  /** Where an encoder that is trained here is kept, so that a killed evaluation goes on. */
  workFolder: string;
  options: EvaluateOptions;
}

/** A recommender that stands beside the model; it may give several rows, or none where it says nothing of this log. */
export interface Baseline {
  rank(given: BaselinesGiven): AsyncGenerator<EvaluatedMethod>;
}

/** One whose row has its name. `prepare` may give the reason why there is nothing to rank. */
export function sparseBaseline(
  name: BaselineName,
  prepare: (given: BaselinesGiven) => SparseScorer | { leftOut: string },
): Baseline {
  return {
    async *rank(given) {
      const { cases, options } = given;
      const scorer = prepare(given);
      if ('leftOut' in scorer)
        options.report?.({ type: 'note', text: `${name} has no row: ${scorer.leftOut}` });
      else yield { name, ranked: await evaluateSparse(cases, scorer, { ...options, label: name }) };
    },
  };
}
