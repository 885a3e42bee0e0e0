import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationResult } from '../evaluation/result.ts';
import { manifestName } from '../runs/manifest.ts';
import { finalModelFolder } from '../stages/artefacts.ts';
import { readEmbeddings } from '../stages/embeddings.ts';
import { openRunModel } from '../stages/run-model.ts';
import { answerStart, type Start } from './answer-start.ts';
import { cardOf } from './cards.ts';
import type { ChatState } from './contract/chat-completions.ts';
import { type Explanation, type ExplanationRequest, explanationRequest } from './contract/explanations.ts';
import type { ItemMatch } from './contract/items.ts';
import type { Model } from './contract/models.ts';
import {
  type Recommendation,
  type RecommendationRequest,
  recommendationRequest,
} from './contract/recommendations.ts';
import { type Conversation, startConversation } from './conversation.ts';
import { decodeTogether, type TogetherDecoder } from './decode-together.ts';
import { type EvaluateOptions, evaluateRun } from './evaluate-run.ts';
import { explainItem } from './explain-item.ts';
import { createItemLinker } from './link-items.ts';
import { itemNamed, itemsNamed } from './name-items.ts';
import { readRequest } from './read-request.ts';
import { openRunArtefacts } from './run-artefacts.ts';
import { valid } from './valid.ts';

export interface OpenRunOptions {
  /** The folder of all runs; `runs` by default. */
  runsFolder?: string | undefined;
  /** Requests that are decoded together, at most; 64 by default, 1 decodes one by one. */
  batch?: number | undefined;
  /** Requests that may wait; one more is refused with the code `serving/busy`. 1,000 by default. */
  waiting?: number | undefined;
}

/** A finished run, ready to answer. Requests that are asked at the same time are decoded together. */
export interface OpenRun {
  name: string;
  model: Model;
  /** The best items for a user, a history or a text; shorter than k only where the catalogue has no other items. */
  recommend(request: RecommendationRequest, options?: AskOptions): Promise<Recommendation>;
  /** A conversation, from what is known already. */
  chat(known?: ChatState): Conversation;
  /** Items for what was typed so far: 10 by default, best first. */
  search(typed: string, limit?: number): ItemMatch[];
  /** Why an item stands near a history. */
  explain(request: ExplanationRequest): Explanation;
  /** Asks the model about the users of a split and counts, by the protocol of the recipe. */
  evaluate(options?: EvaluateOptions): Promise<EvaluationResult>;
  /** Requests that wait, and requests that are being decoded. */
  load(): ReturnType<TogetherDecoder['load']>;
  /** Waits for the requests that are under way and gives the memory back. */
  close(): Promise<void>;
}

export interface AskOptions {
  /** Aborted: the request gives its place in the queue back and rejects. */
  signal?: AbortSignal | undefined;
}

/** Opens a run whose training is finished. Throws a UserError where it is not, or where its parts do not belong together. */
export async function openRun(name: string, options: OpenRunOptions = {}): Promise<OpenRun> {
  const { runsFolder = 'runs', batch = 64, waiting = 1000 } = options;
  const { recipe, artefacts, folderOf } = await openRunArtefacts(runsFolder, name);
  const { dataset } = artefacts;
  const embeddings = readEmbeddings(folderOf('embedding'));
  const created = statSync(join(folderOf('training'), manifestName)).mtimeMs;
  const maxK = recipe.decoding.num_beams;
  // A shop is never shown what does not exist, whatever an experiment asked for.
  const decoding = { ...recipe.decoding, constrained: true };
  const model = await openRunModel(join(folderOf('training'), finalModelFolder), artefacts, decoding);
  const decoder = decodeTogether({ decode: model.rank, batch, waiting });
  const linker = createItemLinker(dataset.items);
  const answer = (start: Start, k: number, signal?: AbortSignal) =>
    answerStart(start, k, maxK, artefacts, decoder, signal);
  const explain = (item: number, history: readonly number[]) =>
    explainItem(item, history, artefacts, embeddings, recipe);

  return {
    name,
    model: {
      id: name,
      object: 'model',
      created: Math.floor(created / 1000),
      owned_by: 'eager-llm',
      items: dataset.items.length,
      users: dataset.userIds.length,
      max_k: maxK,
    },
    async recommend(request, { signal } = {}) {
      const checked = valid(recommendationRequest, request);
      const start = readRequest(checked, artefacts, linker, recipe.evaluation.exclude_history);
      return (await answer(start, checked.k, signal)).recommendation;
    },
    chat: (known) => startConversation({ artefacts, linker, answer, explain }, known),
    search: (typed, limit = 10) =>
      linker.search(typed, limit).map(({ item, score }) => ({ ...cardOf(dataset.items[item]), score })),
    explain(request) {
      const { item, history } = valid(explanationRequest, request);
      return explain(itemNamed(item, dataset, linker), itemsNamed(history, dataset, linker));
    },
    evaluate: (evaluateOptions = {}) => evaluateRun(evaluateOptions, artefacts, recipe, model.rank),
    load: decoder.load,
    async close() {
      await decoder.idle();
      await model.dispose();
    },
  };
}
