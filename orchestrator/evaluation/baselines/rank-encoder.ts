import type { EvaluationCase } from '../../dataset/types.ts';
import type { BehaviourRecommender } from '../../embedding/behaviour/ensemble.ts';
import type { BehaviourSettings } from '../../embedding/behaviour/settings.ts';
import type { EvaluatedMethod } from '../build-result.ts';
import { type EvaluateOptions, evaluateScorer } from '../evaluate-scorer.ts';

/** How the table calls an encoder. */
export function encoderRow({ encoder, semantic_features }: BehaviourSettings): string {
  return semantic_features ? `${encoder} + texts` : encoder;
}

/** The row of an encoder, which is disposed of afterwards. */
export async function rankEncoder(
  name: string,
  { score, dispose }: BehaviourRecommender,
  cases: readonly EvaluationCase[],
  options: EvaluateOptions,
): Promise<EvaluatedMethod> {
  const ranked = await evaluateScorer(cases, score, { ...options, label: name });
  await dispose();
  return { name, ranked };
}
