import type { z } from 'zod';
import type { Source } from '../item-index/types.ts';
import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { mayListSeen } from '../opened-run/both-lists.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { Matrix } from '../shared/matrix.ts';
import { answerStart, type Start } from './answer-start.ts';
import type { Availability } from './availability.ts';
import { cardOf, withNotes } from './cards.ts';
import { explanationRequest } from './contract/explanations.ts';
import { type RecommendationRequest, recommendationRequest } from './contract/recommendations.ts';
import { startConversation } from './conversation.ts';
import { decodeTogether } from './decode-together.ts';
import { evaluateRun } from './evaluate-run.ts';
import { explainItem } from './explain-item.ts';
import { historiesOf } from './histories.ts';
import { knownUsers } from './known-users.ts';
import { createItemLinker } from './link-items.ts';
import { createNamer } from './name-items.ts';
import { readRequest } from './read-request.ts';
import { type RecommendAllOptions, recommendAll } from './recommend-all.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';

/** What a run is opened from. */
export interface RunParts {
  name: string;
  recipe: Recipe;
  artefacts: PromptArtefacts;
  /** [items x width] each */
  embeddings: Record<Source, Matrix>;
  model: Pick<RunRecommender, 'rank' | 'dispose'>;
  trainedAt: Date;
  version: string;
  /** By default all items are available. */
  availability?: Availability | undefined;
  /** Called before users of the test split are evaluated. */
  onTestOpened?: (() => void) | undefined;
}

/** Assembles the parts of a run so that it can answer requests. */
export function composeRun(
  { name, recipe, artefacts, embeddings, model, trainedAt, version, availability, onTestOpened }: RunParts,
  { batch = 64, waiting = 1000 }: Pick<OpenRunOptions, 'batch' | 'waiting'> = {},
): OpenRun {
  const { dataset } = artefacts;
  const maxK = recipe.decoding.num_beams;
  const usualK = Math.min(10, maxK);
  const users = knownUsers(dataset);
  const historyOf = historiesOf(dataset, users);
  const excludesHistory = recipe.evaluation.exclude_history || !mayListSeen(recipe.decoding, dataset);
  let closed: Promise<void> | undefined;
  const decoder = decodeTogether({ decode: model.rank, batch, waiting });
  // Its requests wait apart: a night's lists must not fill the queue of those who ask now.
  const many = decodeTogether({ decode: model.rank, batch, waiting: Number.POSITIVE_INFINITY });
  const linker = createItemLinker(dataset.items);
  const unavailable = () => availability?.unavailable() ?? noItems;
  const answer = (start: Start, k: number, signal?: AbortSignal) =>
    answerStart({ ...start, standing: unavailable() }, k, maxK, artefacts, decoder, signal);
  const startOf = (checked: z.output<typeof recommendationRequest>, namer = createNamer(dataset, linker)) =>
    readRequest(checked, namer, linker.matches, historyOf, excludesHistory);
  const answerAll = (asked: Parameters<OpenRun['recommendAll']>[0], options: RecommendAllOptions) => {
    const { k = usualK, exclude = [], exclude_history } = options;
    const request = { k, exclude_history } satisfies RecommendationRequest;
    valid(recommendationRequest, request);
    const excluded = createNamer(dataset, linker).items(exclude);
    const standing = excluded.length > 0 ? new Set([...unavailable(), ...excluded]) : unavailable();
    return recommendAll(asked ?? users.ids, options, {
      users,
      startOf: (user) => startOf({ ...request, user }),
      answer: (start, signal) => answerStart({ ...start, standing }, k, maxK, artefacts, many, signal),
    });
  };
  const explain = (item: number, history: readonly number[]) =>
    explainItem(item, history, artefacts, embeddings, recipe);

  return {
    name,
    version,
    users,
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
      const { recommendation } = await answer(startOf(checked, namer), checked.k ?? usualK, signal);
      return { ...recommendation, ...withNotes(namer.notes()) };
    },
    recommendAll: (asked, options = {}) => answerAll(asked, options),
    availability: () => ({
      unavailable: Array.from(unavailable(), (item) => dataset.items[item].item_id),
      unknown: [...(availability?.unknown() ?? [])],
    }),
    refreshAvailability: () => availability?.refresh(),
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
      closed ??= Promise.all([decoder.idle(), many.idle()]).then(model.dispose);
      return closed;
    },
  };
}

const noItems: ReadonlySet<number> = new Set();

/** What the schema makes of a request. Throws a UserError that names everything wrong with it. */
function valid<T extends z.ZodType>(schema: T, request: unknown): z.output<T> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the request'}: ${message}`,
  );
  throw new UserError('serving/request', problems.join('; '), { remedy: 'Correct the request.' });
}
