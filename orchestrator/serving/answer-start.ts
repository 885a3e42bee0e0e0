import type { Item } from '../dataset/types.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt, searchPrompt } from '../prompts/inference-prompts.ts';
import { cardOf, codeOf } from './cards.ts';
import type { ColdQueue } from './cold-queue.ts';
import type { Usage } from './contract/chat-completions.ts';
import type { Recommendation, RecommendedItem } from './contract/index.ts';
import type { Why } from './contract/items.ts';
import { decodeAll } from './decode-all.ts';
import type { TogetherDecoder } from './decode-together.ts';
import type { PopularSearch } from './popular/search-popular.ts';
import type { Rules } from './rules/read-rules.ts';
import type { Found } from './search/pick-items.ts';
import { type Search, searchList } from './search/search-list.ts';
import { searchWithCold } from './search/search-with-cold.ts';
import type { Group } from './search/wanted.ts';

/** The start of an answer, in item numbers. */
export interface Start extends Partial<Rules> {
  /** Id of whose history it is, where that is known. */
  user?: string | undefined;
  /** Oldest first. */
  history: readonly number[];
  /** Empty for none. */
  wish: string;
  /** What fits the wish, and what else comes before all others. */
  groups: readonly Group[];
  excluded: ReadonlySet<number>;
}

export interface Answer {
  recommendation: Recommendation;
  usage: Usage;
}

/** What answers are made of. */
export interface AnsweredFrom extends Pick<PromptArtefacts, 'dataset' | 'index'> {
  /** Null in a run without a model, where a history itself is what is asked. */
  prompts: PromptArtefacts['prompts'] | null;
}

export interface AnswerParts {
  artefacts: AnsweredFrom;
  decoder: TogetherDecoder;
  /** The longest list of one search. */
  numBeams: number;
  /** Popular items, searched like those of the model; they stand in where there is neither history nor wish. */
  popular(): PopularSearch;
  /** Items that nobody took yet, where they have places of their own. */
  cold?: ColdQueue | undefined;
}

/** Why an item stands in a list behind a history, or in one of what is popular. */
export type Reason = (item: number, history: readonly number[], isModel: boolean) => Why;

/**
 * The best k items for a start. A wish narrows the search: items that fit it come first, ranked by the model for this
 * wish and history, followed by what the model finds by itself. Excluded items are left out of the search, so the list is
 * shorter than k only where the catalogue has no other items. Cold items may have places of their own.
 */
export async function answerStart(
  start: Start,
  k: number,
  { reason, ...parts }: AnswerParts & { reason?: Reason | undefined },
  signal?: AbortSignal,
): Promise<Answer> {
  const { history, wish } = start;
  const { dataset, index } = parts.artefacts;
  const { found, usage } = await findItems(start, k, parts, signal);
  const recommendation = {
    history: history.map((item) => cardOf(dataset.items[item])),
    query: wish || null,
    items: found.map((each) => ({
      ...listedItem(each, dataset.items[each.item], codeOf(index, each.item)),
      ...(reason ? { why: reason(each.item, history, history.length > 0) } : {}),
    })),
  };
  return { recommendation, usage };
}

/** The same as item numbers. */
export async function findItems(
  start: Start,
  k: number,
  { artefacts: { index, prompts }, decoder, numBeams, popular, cold }: AnswerParts,
  signal?: AbortSignal,
): Promise<{ found: Found[]; usage: Usage }> {
  const { user, history, wish, groups, excluded, allowed = null, boosted = [], spread = null } = start;
  const promptOf = () => {
    if (!prompts) return Int32Array.from(history);
    return wish ? searchPrompt(prompts, wish, history) : recommendationPrompt(prompts, history, { user });
  };
  const prompt = wish || history.length > 0 ? promptOf() : null;
  const behind = { prompt: prompt ?? new Int32Array(), history: wish ? null : Int32Array.from(history) };
  const search: Search = prompt
    ? { look: (asked) => decodeAll(behind, asked, decoder, signal), width: numBeams }
    : popular();
  const wanted = { k, excluded, groups, allowed, boosted, spread };
  // Where nothing is known, nothing says which of them.
  const known = cold && history.length > 0 ? cold : null;
  const own = known?.ranked && !wish ? null : known;
  const matches = wish || groups.length > 0 ? fitting(groups) : null;
  const listed = own
    ? await searchWithCold(wanted, search, own.after({ history, matches }, signal))
    : await searchList(wanted, search);
  const found = listed.map((each) => (known?.has(each.item) ? { ...each, cold: true as const } : each));
  const prompt_tokens = prompts && prompt ? prompt.length : 0;
  const completion_tokens = prompt ? found.filter((each) => !each.cold).length * index.levels : 0;
  return {
    found,
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  };
}

function fitting(groups: readonly Group[]): Set<number> {
  return new Set(groups.flatMap(({ items, matched }) => (matched ? [...items] : [])));
}

export function listedItem(
  { score, matched, factor, cold }: Found,
  item: Item,
  code: string[],
): RecommendedItem {
  return {
    ...cardOf(item),
    score,
    ...(factor === 1 ? {} : { boost: factor }),
    ...(cold ? { cold } : {}),
    matched,
    code,
  };
}
