import { createRecommender, type Recommendation } from '../decoding/beam-search.ts';
import type { Candidates } from '../decoding/candidates.ts';
import { generateTexts } from '../decoding/generate-texts.ts';
import { mergeStreams } from '../decoding/merge-streams.ts';
import { createUnconstrainedRecommender } from '../decoding/unconstrained-search.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { trieOf } from '../item-index/streams.ts';
import type { SequenceModel } from '../models/model.ts';
import type { PromptArtefacts } from './artefacts.ts';

/** A model with everything that turns prompts into lists of items, and into texts. */
export interface RunRecommender {
  /**
   * Codes after any prompts, best first; for each prompt the allowed items, null for all. `histories`: the history that a
   * prompt asks about and nothing else, oldest first, for what ranks by histories (`fusedRank`); null for other prompts.
   */
  rank(
    prompts: readonly Int32Array[],
    candidates?: readonly (Candidates | null)[],
    histories?: readonly (Int32Array | null)[],
  ): Promise<RankedCode[][]>;
  /** Texts after any prompts, the most likely token each time. */
  write(prompts: readonly Int32Array[], maxTokens: number): Promise<string[]>;
  dispose(): Promise<void>;
}

export interface TokenDecoding {
  numBeams: number;
  /** Only codes of the catalogue. */
  constrained: boolean;
  /** Tokens of one pass, padding included. */
  maxBatchTokens?: number | undefined;
}

/** By the tokens of codes, behind any prompts. */
export async function openTokenRecommender(
  model: SequenceModel,
  { index, vocabulary, prompts }: PromptArtefacts,
  { numBeams, constrained, maxBatchTokens }: TokenDecoding,
): Promise<RunRecommender> {
  const longest = prompts.maxLength + index.levels;
  const generator = await model.definition.compileGenerator(model, longest);
  const create = constrained ? createRecommender : createUnconstrainedRecommender;
  const recommenders = prompts.streams.map((stream) => {
    const { firstLevel, levels } = stream;
    const codeTokenIds = vocabulary.codeTokenIds.slice(firstLevel, firstLevel + levels);
    const trie = trieOf(index, stream);
    return create({ generator, trie, vocabulary: { codeTokenIds }, numBeams, maxBatchTokens });
  });
  const codeOf = (item: number) => [...index.codes.subarray(item * index.levels, (item + 1) * index.levels)];
  return {
    async rank(asked, candidates) {
      const lists: Recommendation[][][] = [];
      for (const { recommend } of recommenders) lists.push(await recommend(asked, undefined, { candidates }));
      if (lists.length === 1) return lists[0];
      return asked.map((_, at) =>
        mergeStreams(
          lists.map((own) => own[at]),
          numBeams,
          codeOf,
        ),
      );
    },
    write: async (asked, maxTokens) => {
      const { eosTokenId, decode } = vocabulary;
      const texts = await generateTexts(generator, asked, { eosTokenId, maxTokens });
      return texts.map((tokens) => decode(tokens).trim());
    },
    dispose: generator.dispose,
  };
}
