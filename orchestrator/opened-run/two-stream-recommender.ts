import type { DecodingSettings } from '../decoding/settings.ts';
import { createTwoStreamRecommender } from '../decoding/two-streams.ts';
import { compileNodeScorer } from '../models/eager/node-scorer.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from './artefacts.ts';
import type { RunRecommender } from './recommender.ts';
import { writesNoTexts } from './writes-no-texts.ts';

/** An EAGER with everything that turns histories into lists of items. It writes no texts. */
export async function openTwoStreamRecommender(
  model: SequenceModel,
  { prompts }: PromptArtefacts,
  options: {
    numBeams: number;
    scores: DecodingSettings['stream_scores'];
    maxBatchTokens?: number | undefined;
  },
): Promise<RunRecommender> {
  const streams = await Promise.all(
    prompts.trees().map(async (tree, at) => ({ tree, scorer: await compileNodeScorer(model, at) })),
  );
  return {
    rank: createTwoStreamRecommender({ streams, ...options }),
    write: writesNoTexts,
    async dispose() {
      await Promise.all(streams.map(({ scorer }) => scorer.dispose()));
    },
  };
}
