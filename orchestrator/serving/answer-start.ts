import type { Candidates } from '../decoding/candidates.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt, searchPrompt } from '../prompts/inference-prompts.ts';
import { UserError } from '../shared/errors.ts';
import { cardOf, codeOf } from './cards.ts';
import type { Usage } from './contract/chat-completions.ts';
import type { Recommendation } from './contract/recommendations.ts';
import type { TogetherDecoder } from './decode-together.ts';

/** The start of an answer, in item numbers. */
export interface Start {
  /** Oldest first. */
  history: readonly number[];
  /** Empty for none. */
  wish: string;
  /** Items whose texts match the wish. */
  matches: ReadonlySet<number>;
  excluded: ReadonlySet<number>;
  /** Items that are excluded as well, whoever asks: the same set, request after request. */
  standing?: ReadonlySet<number> | undefined;
}

export interface Answer {
  recommendation: Recommendation;
  usage: Usage;
}

/**
 * The best k items for a start. A wish narrows the search: items whose texts match it come first, ranked by the model
 * for this wish and history, followed by what the model finds by itself. Excluded items are left out of the search, so
 * the list is shorter than k only where the catalogue has no other items. `maxK`: what the beams can fill.
 */
export async function answerStart(
  { history, wish, matches, excluded, standing }: Start,
  k: number,
  maxK: number,
  { dataset, index, prompts }: PromptArtefacts,
  decoder: TogetherDecoder,
  signal?: AbortSignal,
): Promise<Answer> {
  if (k > maxK)
    throw new UserError('serving/count', `k has to be a whole number from 1 to ${maxK}, got ${k}`, {
      remedy:
        'For longer lists raise decoding.num_beams in the recipe, and run it again: trained stages are reused.',
    });
  if (standing?.size === dataset.items.length)
    throw new UserError('serving/nothing-available', 'every item of the catalogue is delisted or excluded', {
      remedy:
        'eager-llm catalogue status RUN says what is delisted; catalogue relist RUN ids.txt takes it back.',
    });
  const prompt = wish ? searchPrompt(prompts, wish, history) : recommendationPrompt(prompts, history);
  const only = new Set([...matches].filter((item) => !excluded.has(item) && !standing?.has(item)));
  const without = new Set([...excluded, ...only]);
  const asked = [
    ...(only.size > 0 ? [{ only }] : []),
    ...(only.size < k ? [without.size > 0 || standing?.size ? { without, standing } : null] : []),
  ];
  const lists = await decodeAll(prompt, asked, decoder, signal);
  const matched = only.size > 0 ? lists[0] : [];
  const others = only.size < k ? lists[lists.length - 1] : [];
  const items = [...writeOut(matched, true), ...writeOut(others, false)]
    .slice(0, k)
    .map(({ item, ...rest }) => ({ ...cardOf(dataset.items[item]), ...rest, code: codeOf(index, item) }));
  const completionTokens = items.length * index.levels;
  return {
    recommendation: {
      history: history.map((item) => cardOf(dataset.items[item])),
      query: wish || null,
      items,
    },
    usage: {
      prompt_tokens: prompt.length,
      completion_tokens: completionTokens,
      total_tokens: prompt.length + completionTokens,
    },
  };
}

/** Queued at the same time, so that both are decoded together; if one is refused, the other is withdrawn. */
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

function writeOut(codes: readonly RankedCode[], matched: boolean) {
  return codes.flatMap(({ items, score }) => Array.from(items, (item) => ({ item, score, matched })));
}
