import type { DecodingSettings } from '../decoding/settings.ts';
import { eagerName } from '../models/eager/eager.ts';
import { ligerName } from '../models/liger/liger.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from './artefacts.ts';
import { openDenseRecommender } from './dense-recommender.ts';
import { openTokenRecommender, type RunRecommender, type TokenDecoding } from './recommender.ts';
import { openTwoStreamRecommender } from './two-stream-recommender.ts';

export interface DecodingOptions extends TokenDecoding {
  /** Of a model with a decoder for each stream; default `joint`. */
  streamScores?: DecodingSettings['stream_scores'];
}

/** A model that recommends, whatever its family. */
export function openRecommender(
  model: SequenceModel,
  artefacts: PromptArtefacts,
  { streamScores: scores = 'joint', ...decoding }: DecodingOptions,
): Promise<RunRecommender> {
  const { family } = model.definition;
  if (family === eagerName) return openTwoStreamRecommender(model, artefacts, { ...decoding, scores });
  if (family === ligerName) return openDenseRecommender(model, artefacts, decoding);
  return openTokenRecommender(model, artefacts, decoding);
}
