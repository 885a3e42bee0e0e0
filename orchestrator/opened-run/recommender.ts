import { createRecommender } from '../decoding/beam-search.ts';
import type { Candidates } from '../decoding/candidates.ts';
import { generateTexts } from '../decoding/generate-texts.ts';
import { createUnconstrainedRecommender } from '../decoding/unconstrained-search.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { buildTrie } from '../item-index/trie.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from './artefacts.ts';

/** A model with everything that turns prompts into lists of items, and into texts. */
export interface RunRecommender {
  /** Codes behind any prompts, best first; for each prompt the items that may come, null for all. */
  rank(prompts: readonly Int32Array[], candidates?: readonly (Candidates | null)[]): Promise<RankedCode[][]>;
  /** Texts behind any prompts, the likeliest token each time. */
  write(prompts: readonly Int32Array[], maxTokens: number): Promise<string[]>;
  dispose(): Promise<void>;
}

export interface DecodingOptions {
  numBeams: number;
  /** Only codes of the catalogue; true by default. */
  constrained?: boolean;
  /** Tokens of one pass, padding included. */
  maxBatchTokens?: number;
}

export async function openRecommender(
  model: SequenceModel,
  { index, vocabulary, prompts }: PromptArtefacts,
  { numBeams, constrained = true, maxBatchTokens }: DecodingOptions,
): Promise<RunRecommender> {
  const longest = prompts.maxLength + index.levels;
  const generator = await model.definition.compileGenerator(model, longest);
  const create = constrained ? createRecommender : createUnconstrainedRecommender;
  const recommender = create({
    generator,
    trie: buildTrie(index),
    vocabulary,
    numBeams,
    maxBatchTokens,
  });
  return {
    rank: (asked, candidates) => recommender.recommend(asked, numBeams, { candidates }),
    write: async (asked, maxTokens) => {
      const { eosTokenId, decode } = vocabulary;
      const texts = await generateTexts(generator, asked, { eosTokenId, maxTokens });
      return texts.map((tokens) => decode(tokens).trim());
    },
    dispose: generator.dispose,
  };
}
