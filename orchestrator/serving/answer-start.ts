import type { Candidates } from '../decoding/candidates.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt, searchPrompt } from '../prompts/inference-prompts.ts';
import { cardOf, codeOf } from './cards.ts';
import type { Usage } from './contract/chat-completions.ts';
import type { Recommendation, RecommendedItem } from './contract/index.ts';
import type { TogetherDecoder } from './decode-together.ts';
import type { Rules } from './rules/read-rules.ts';
import type { Found } from './search/pick-items.ts';
import { type Search, searchList } from './search/search-list.ts';

/** The start of an answer, in item numbers. */
export interface Start extends Partial<Rules> {
  /** Oldest first. */
  history: readonly number[];
  /** Empty for none. */
  wish: string;
  /** Items whose texts match the wish. */
  matches: ReadonlySet<number>;
  excluded: ReadonlySet<number>;
}

export interface Answer {
  recommendation: Recommendation;
  usage: Usage;
}

export interface AnswerParts {
  artefacts: PromptArtefacts;
  decoder: TogetherDecoder;
  /** The longest list of one search. */
  numBeams: number;
  /** Popular items, searched like those of the model; they stand in where there is neither history nor wish. */
  popular(): Search;
}

/**
 * The best k items for a start. A wish narrows the search: items whose texts match it come first, ranked by the model
 * for this wish and history, followed by what the model finds by itself. Excluded items are left out of the search, so
 * the list is shorter than k only where the catalogue has no other items.
 */
export async function answerStart(
  start: Start,
  k: number,
  { artefacts, decoder, numBeams, popular }: AnswerParts,
  signal?: AbortSignal,
): Promise<Answer> {
  const { history, wish, matches, excluded, allowed = null, boosted = [], spread = null } = start;
  const { dataset, index, prompts } = artefacts;
  const promptOf = () =>
    wish ? searchPrompt(prompts, wish, history) : recommendationPrompt(prompts, history);
  const prompt = wish || history.length > 0 ? promptOf() : null;
  const search: Search = prompt
    ? { look: (asked) => decodeAll(prompt, asked, decoder, signal), width: numBeams }
    : popular();
  const found = await searchList({ k, excluded, matches, allowed, boosted, spread }, search);
  const itemOf = ({ item, score, matched, factor }: Found): RecommendedItem => ({
    ...cardOf(dataset.items[item]),
    score,
    ...(factor === 1 ? {} : { boost: factor }),
    matched,
    code: codeOf(index, item),
  });
  const promptTokens = prompt?.length ?? 0;
  const completionTokens = prompt ? found.length * index.levels : 0;
  return {
    recommendation: {
      history: history.map((item) => cardOf(dataset.items[item])),
      query: wish || null,
      items: found.map(itemOf),
    },
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** Queued at the same time, so that all are decoded together; if one is refused, the others are withdrawn. */
async function decodeAll(
  prompt: Int32Array,
  asked: readonly (Candidates | null)[],
  decoder: TogetherDecoder,
  signal: AbortSignal | undefined,
): Promise<RankedCode[][]> {
  if (asked.length === 1) return [await decoder.decode({ prompt, candidates: asked[0], signal })];
  const all = new AbortController();
  const either = signal ? AbortSignal.any([signal, all.signal]) : all.signal;
  try {
    return await Promise.all(
      asked.map((candidates) => decoder.decode({ prompt, candidates, signal: either })),
    );
  } catch (error) {
    all.abort(error);
    throw error;
  }
}
