import type { Dataset, EvaluationCase } from '../../dataset/types.ts';
import type { BehaviourSettings } from '../../embedding/behaviour/settings.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { CountingName } from '../../shared/recommender-names.ts';
import type { EvaluatedMethod } from '../build-result.ts';
import type { EvaluateOptions } from '../evaluate-scorer.ts';
import { evaluateSparse, type SparseScorer } from '../evaluate-sparse.ts';
import type { EvaluationSettings } from '../settings.ts';

export interface BaselinesGiven {
  cases: readonly EvaluationCase[];
  dataset: Dataset;
  settings: Pick<EvaluationSettings, 'recent_days' | 'other_encoder'>;
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

/** What a count is made of. */
export interface CountedFrom {
  dataset: Dataset;
  settings: Pick<EvaluationSettings, 'recent_days'>;
  /** Whether lists may contain items that the user has seen. */
  listsSeen: boolean;
}

/** One whose row has its name, and whose scores are counts over the training log. */
export interface SparseBaseline extends Baseline {
  /** May give the reason why there is nothing to rank. */
  prepare(from: CountedFrom): SparseScorer | { leftOut: string };
}

export function sparseBaseline(name: CountingName, prepare: SparseBaseline['prepare']): SparseBaseline {
  return {
    prepare,
    async *rank({ cases, dataset, settings, options }) {
      const scorer = prepare({ dataset, settings, listsSeen: options.listsSeen ?? true });
      if ('leftOut' in scorer)
        options.report?.({ type: 'note', text: `${name} has no row: ${scorer.leftOut}` });
      else yield { name, ranked: await evaluateSparse(cases, scorer, { ...options, label: name }) };
    },
  };
}
