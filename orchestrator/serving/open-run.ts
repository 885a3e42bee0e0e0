import type { Model } from './contract/models.ts';
import type { Recommendation, RecommendationRequest } from './contract/recommendations.ts';
import { openRunRecommender } from './open-run-recommender.ts';

export interface OpenRunOptions {
  /** The folder of all runs; `runs` by default. */
  runsFolder?: string;
}

/** A finished run, ready to answer. */
export interface OpenRun {
  name: string;
  model: Model;
  recommend(request: RecommendationRequest): Promise<Recommendation>;
  close(): Promise<void>;
}

/** Opens a run whose training is finished. Throws a UserError where it is not, or where its parts do not belong together. */
export async function openRun(name: string, { runsFolder = 'runs' }: OpenRunOptions = {}): Promise<OpenRun> {
  const run = await openRunRecommender(runsFolder, name);
  return {
    name,
    model: { ...run.model, id: name, object: 'model', owned_by: 'eager-llm' },
    recommend: ({ k = 10, user, history, prompt }) => run.recommend({ k, user, history, prompt }),
    close: run.dispose,
  };
}
