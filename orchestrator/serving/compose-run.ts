import type { z } from 'zod';
import type { Source } from '../item-index/types.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { mayListSeen } from '../opened-run/both-lists.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { Matrix } from '../shared/matrix.ts';
import { answerStart, type Start } from './answer-start.ts';
import { cardOf, withNotes } from './cards.ts';
import { explanationRequest } from './contract/explanations.ts';
import { recommendationRequest } from './contract/recommendations.ts';
import { startConversation } from './conversation.ts';
import { decodeTogether } from './decode-together.ts';
import { evaluateRun } from './evaluate-run.ts';
import { explainItem } from './explain-item.ts';
import { historiesOf } from './histories.ts';
import { createItemLinker } from './link-items.ts';
import { createNamer } from './name-items.ts';
import { readRequest } from './read-request.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';

/** What a run is opened from. */
export interface RunParts {
  name: string;
  version: number;
  recipe: Recipe;
  artefacts: PromptArtefacts;
  /** [items x width] each */
  embeddings: Record<Source, Matrix>;
  model: Pick<RunRecommender, 'rank' | 'dispose'>;
  trainedAt: Date;
  /** Called before users of the test split are evaluated. */
  onTestOpened?: (() => void) | undefined;
}

/** Assembles the parts of a run so that it can answer requests. */
export function composeRun(
  { name, version, recipe, artefacts, embeddings, model, trainedAt, onTestOpened }: RunParts,
  { batch = 64, waiting = 1000 }: Pick<OpenRunOptions, 'batch' | 'waiting'> = {},
): OpenRun {
  const { dataset } = artefacts;
  const maxK = recipe.decoding.num_beams;
  const usualK = Math.min(10, maxK);
  const historyOf = historiesOf(dataset);
  const excludesHistory = recipe.evaluation.exclude_history || !mayListSeen(recipe.decoding, dataset);
  let closed: Promise<void> | undefined;
  const decoder = decodeTogether({ decode: model.rank, batch, waiting });
  const linker = createItemLinker(dataset.items);
  const answer = (start: Start, k: number, signal?: AbortSignal) =>
    answerStart(start, k, maxK, artefacts, decoder, signal);
  const explain = (item: number, history: readonly number[]) =>
    explainItem(item, history, artefacts, embeddings, recipe);

  return {
    name,
    version,
    model: {
      id: name,
      object: 'model',
      created: Math.floor(trainedAt.getTime() / 1000),
      owned_by: 'eager-llm',
      items: dataset.items.length,
      users: dataset.userIds.length,
      max_k: maxK,
    },
    async recommend(request, { signal } = {}) {
      const checked = valid(recommendationRequest, request);
      const namer = createNamer(dataset, linker);
      const start = readRequest(checked, namer, linker.matches, historyOf, excludesHistory);
      const { recommendation } = await answer(start, checked.k ?? usualK, signal);
      return { ...recommendation, ...withNotes(namer.notes()) };
    },
    chat: (known) => startConversation({ artefacts, linker, answer, explain, usualK }, known),
    search: (typed, limit = 10) =>
      linker.search(typed, limit).map(({ item, score }) => ({ ...cardOf(dataset.items[item]), score })),
    prepare: linker.prepare,
    explain(request) {
      const { item, history } = valid(explanationRequest, request);
      const namer = createNamer(dataset, linker);
      const explained = explain(namer.item(item), namer.items(history));
      return { ...explained, ...withNotes(namer.notes()) };
    },
    evaluate: (evaluateOptions = {}) =>
      evaluateRun(evaluateOptions, artefacts, recipe, model.rank, onTestOpened),
    load: decoder.load,
    close: () => {
      closed ??= decoder.idle().then(model.dispose);
      return closed;
    },
  };
}

/** What the schema makes of a request. Throws a UserError that names everything wrong with it. */
function valid<T extends z.ZodType>(schema: T, request: unknown): z.output<T> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the request'}: ${message}`,
  );
  throw new UserError('serving/request', problems.join('; '), { remedy: 'Correct the request.' });
}
