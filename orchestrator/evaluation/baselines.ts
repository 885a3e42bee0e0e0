import type { Dataset, EvaluationCase } from '../dataset/types.ts';
import { loadBehaviourEncoder } from '../embedding/behaviour/behaviour-files.ts';
import { type BehaviourRecommender, loadBehaviourEnsemble } from '../embedding/behaviour/ensemble.ts';
import type { BehaviourSettings } from '../embedding/behaviour/settings.ts';
import type { EvaluatedMethod } from './build-result.ts';
import { type EvaluateOptions, evaluateScorer } from './evaluate-scorer.ts';
import { popularityScorer } from './popularity.ts';
import { baselineNames, type EvaluationSettings } from './settings.ts';

export interface BaselinesGiven {
  cases: readonly EvaluationCase[];
  dataset: Dataset;
  behaviour: BehaviourSettings;
  /** Of the behaviour encoders, the one whose item table is the embedding first. */
  behaviourFolders: readonly string[];
  options: EvaluateOptions;
}

type Baseline = (given: BaselinesGiven) => AsyncGenerator<EvaluatedMethod>;

/** Recommenders that stand beside the model, by name; one may give several rows. */
const baselines: Record<(typeof baselineNames)[number], Baseline> = {
  async *popularity({ cases, dataset, options }) {
    const name = 'popularity';
    yield {
      name,
      ranked: await evaluateScorer(cases, popularityScorer(dataset), { ...options, label: name }),
    };
  },
  async *behaviour({ cases, behaviour, behaviourFolders: folders, options }) {
    const rank = async (name: string, { score, dispose }: BehaviourRecommender) => {
      const ranked = await evaluateScorer(cases, score, { ...options, label: name });
      await dispose();
      return { name, ranked };
    };
    const name = behaviour.semantic_features ? `${behaviour.encoder} + texts` : behaviour.encoder;
    yield await rank(name, await loadBehaviourEncoder(folders[0]));
    if (folders.length > 1)
      yield await rank(`${name} x${folders.length}`, await loadBehaviourEnsemble(folders));
  },
};

/** The rows of the chosen baselines, in the order of their names here. */
export async function rankBaselines(
  chosen: EvaluationSettings['baselines'],
  given: BaselinesGiven,
): Promise<EvaluatedMethod[]> {
  const methods: EvaluatedMethod[] = [];
  for (const name of baselineNames.filter((each) => chosen.includes(each)))
    for await (const method of baselines[name](given)) methods.push(method);
  return methods;
}
