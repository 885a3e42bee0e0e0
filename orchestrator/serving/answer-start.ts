import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt, searchPrompt } from '../prompts/inference-prompts.ts';
import { cardOf, codeOf } from './cards.ts';
import type { ColdQueue } from './cold-queue.ts';
import type { Usage } from './contract/chat-completions.ts';
import type { Recommendation, RecommendedItem } from './contract/index.ts';
import { decodeAll } from './decode-all.ts';
import type { TogetherDecoder } from './decode-together.ts';
import type { Rules } from './rules/read-rules.ts';
import type { Found } from './search/pick-items.ts';
import { type Search, searchList } from './search/search-list.ts';
import { searchWithCold } from './search/search-with-cold.ts';

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
  /** Items that nobody took yet, where they have places of their own. */
  cold?: ColdQueue | undefined;
}

/**
 * The best k items for a start. A wish narrows the search: items whose texts match it come first, ranked by the model
 * for this wish and history, followed by what the model finds by itself. Excluded items are left out of the search, so
 * the list is shorter than k only where the catalogue has no other items. Cold items may have places of their own.
 */
export async function answerStart(
  start: Start,
  k: number,
  { artefacts, decoder, numBeams, popular, cold }: AnswerParts,
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
  const wanted = { k, excluded, matches, allowed, boosted, spread };
  // Where nothing is known, nothing says which of them.
  const own = cold && history.length > 0 ? cold : null;
  const found = own
    ? await searchWithCold(wanted, search, own.after({ history, matches: wish ? matches : null }, signal))
    : await searchList(wanted, search);
  const itemOf = ({ item, score, matched, factor }: Found): RecommendedItem => ({
    ...cardOf(dataset.items[item]),
    score,
    ...(factor === 1 ? {} : { boost: factor }),
    ...(own?.has(item) ? { cold: true } : {}),
    matched,
    code: codeOf(index, item),
  });
  const promptTokens = prompt?.length ?? 0;
  const generated = found.filter(({ item }) => !own?.has(item));
  const completionTokens = prompt ? generated.length * index.levels : 0;
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
