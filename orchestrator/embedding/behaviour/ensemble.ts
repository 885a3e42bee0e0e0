import { loadBehaviourEncoder } from './behaviour-files.ts';
import type { BehaviourEncoder } from './types.ts';

/** What recommends items by behaviour: one encoder, or several as one. */
export type BehaviourRecommender = Pick<BehaviourEncoder, 'score' | 'dispose'>;

/**
 * Several encoders as one recommender, which is surer than each of them (deep ensembles, Lakshminarayanan et al.
 * 2017): the mean of their scores, so that its softmax is the geometric mean of theirs (a logarithmic opinion pool).
 */
export function ensembleOf(encoders: readonly BehaviourRecommender[]): BehaviourRecommender {
  if (encoders.length === 1) return encoders[0];
  return {
    async score(histories) {
      const [mean, ...others] = await Promise.all(encoders.map((encoder) => encoder.score(histories)));
      for (const scores of others) for (let at = 0; at < mean.length; at++) mean[at] += scores[at];
      for (let at = 0; at < mean.length; at++) mean[at] /= encoders.length;
      return mean;
    },
    async dispose() {
      for (const encoder of encoders) await encoder.dispose();
    },
  };
}

/** The encoders in these folders as one. Throws a UserError where one is missing or broken. */
export async function loadBehaviourEnsemble(folders: readonly string[]): Promise<BehaviourRecommender> {
  const encoders: BehaviourEncoder[] = [];
  try {
    for (const folder of folders) encoders.push(await loadBehaviourEncoder(folder));
  } catch (error) {
    await ensembleOf(encoders).dispose();
    throw error;
  }
  return ensembleOf(encoders);
}
