import type { z } from 'zod';
import type { Source } from '../item-index/types.ts';
import type { ColdItems } from '../opened-run/cold-items.ts';
import type { RunRecommender } from '../opened-run/recommender.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { LanguageModel } from '../understanding/language-model/open-language-model.ts';
import { createAnswerer } from './answer-request.ts';
import type { AnsweredFrom, AnswerParts } from './answer-start.ts';
import type { Availability } from './availability.ts';
import { cardOf, detailsOf, withNotes } from './cards.ts';
import { createColdQueue } from './cold-queue.ts';
import { eventsRequest } from './contract/events.ts';
import { explanationRequest } from './contract/explanations.ts';
import { limits } from './contract/limits.ts';
import type { Model } from './contract/models.ts';
import { recommendationRequest } from './contract/recommendations.ts';
import { similarOptions, togetherOptions } from './contract/related.ts';
import { createReasons } from './conversation/reasons.ts';
import { createTalk } from './conversation/talk.ts';
import { decodeTogether } from './decode-together.ts';
import { evaluateRun } from './evaluate-run.ts';
import type { CustomerEvents } from './events/customer-events.ts';
import { explainItem } from './explain-item.ts';
import { knownUsers } from './known-users.ts';
import { createItemLinker } from './link-items.ts';
import { madeOnce } from './made-once.ts';
import { holdMeaning } from './meaning/held-meaning.ts';
import type { Meaning } from './meaning/meaning.ts';
import { createNamer } from './name-items.ts';
import { createOffer } from './offer.ts';
import { popularNow } from './popular/popular-now.ts';
import type { RankOwn } from './rank-own.ts';
import { type RecommendAllOptions, recommendAll } from './recommend-all.ts';
import { createRelatedItems } from './related/related-items.ts';
import { createItemFields } from './rules/item-fields.ts';
import { createWhere } from './rules/where.ts';
import { createFinder } from './search/find-items.ts';
import { createTextIndex } from './text-index.ts';
import type { OpenRun, OpenRunOptions } from './types.ts';
import { createUnderWay } from './under-way.ts';
import { whereHeld } from './wishes/where-held.ts';
import { talkWithoutModel, withoutModel } from './without-model.ts';

/** What a run is opened from. */
export interface RunParts {
  name: string;
  version: number;
  recipe: Recipe;
  artefacts: AnsweredFrom;
  /** [items x width] each; null where the run has none. */
  embeddings: Record<Source, Matrix> | null;
  model: Pick<RunRecommender, 'rank' | 'dispose'>;
  /** Ranks the users of a split. */
  rankOwn: RankOwn;
  /** The longest list of one search; by default the beams. */
  width?: number | undefined;
  trainedAt: Date;
  /** Changes with all that lists come from; see `OpenRun`. */
  fingerprint: string;
  /** The recipe ranks lists anew, and nothing was learned to do so yet. */
  rankerMissing?: boolean | undefined;
  /** The evaluated run that this one was trained as long as. */
  vouchedBy?: Model['vouched_by'] | null;
  /** What customers have taken since the training; without it, none is kept. */
  events?: CustomerEvents | undefined;
  /** Items that nobody took yet, where the recipe gives them places of their own. */
  cold?: ColdItems | null | undefined;
  /** Opens what finds items by the meaning of a text; without it, words alone decide. */
  meaning?: ((signal: AbortSignal) => Promise<Meaning | null>) | undefined;
  /** Helps to understand texts, and to word replies; without it, rules do. */
  languageModel?: LanguageModel | null | undefined;
  /** By default all items are available. */
  availability?: Availability | undefined;
  /** Called before users of the test split are evaluated. */
  onTestOpened?: (() => void) | undefined;
}

/** Assembles the parts of a run so that it can answer requests. */
export function composeRun(
  {
    name,
    version,
    fingerprint,
    rankerMissing = false,
    recipe,
    artefacts,
    embeddings,
    model,
    rankOwn,
    width: numBeams = recipe.decoding.num_beams,
    trainedAt,
    vouchedBy,
    events,
    cold,
    meaning = async () => null,
    languageModel = null,
    availability,
    onTestOpened,
  }: RunParts,
  { batch = 64, waiting = 1000 }: Pick<OpenRunOptions, 'batch' | 'waiting'> = {},
): OpenRun {
  const { dataset } = artefacts;
  const { recommender } = recipe;
  const usualK = Math.min(10, numBeams);
  const users = knownUsers(dataset);
  let closed: Promise<void> | undefined;
  const underWay = createUnderWay();
  const heldMeaning = holdMeaning(meaning);
  const decoder = decodeTogether({ decode: model.rank, batch, waiting });
  // Its requests wait apart: a night's lists must not fill the queue of those who ask now.
  const many = decodeTogether({ decode: model.rank, batch, waiting: Number.POSITIVE_INFINITY });
  const textIndex = madeOnce(() => createTextIndex(dataset.items));
  const linker = createItemLinker(dataset.items, textIndex);
  const popular = popularNow(dataset, recipe.evaluation.recent_days, events);
  const coldQueue = cold ? createColdQueue(cold, dataset.items.length, batch) : undefined;
  const parts: AnswerParts = { artefacts, decoder, numBeams, popular, cold: coldQueue };
  const fields = createItemFields(dataset.items);
  const itemsWhere = createWhere(fields);
  const unavailable = () => availability?.unavailable() ?? noItems;
  const offered = createOffer(dataset.items.length);
  const related = createRelatedItems({ dataset, embeddings, itemsWhere, unavailable });
  const talkOf = (behaviour: Matrix) =>
    createTalk({
      ...parts,
      linker,
      textIndex,
      fields,
      likeness: related.likeness,
      behaviour,
      meaning: heldMeaning.ask,
      languageModel,
      track: underWay.add,
      offered: (allowed) => offered(unavailable(), allowed),
      explain: (item, history) => explain(item, history),
      usualK,
    });
  const talk = artefacts.prompts && embeddings ? talkOf(embeddings.behaviour) : talkWithoutModel(recommender);
  const find = createFinder({
    dataset,
    recentDays: recipe.evaluation.recent_days,
    fields,
    linker,
    textIndex,
    fitText: talk.fitText,
    offered: (allowed) => offered(unavailable(), allowed),
  });
  const answerer = createAnswerer({
    ...parts,
    users,
    events,
    recipe,
    linker,
    fields,
    responder: talk.responder,
    itemsWhere,
    unavailable,
    offered,
    reason: embeddings ? createReasons(dataset.items, embeddings.behaviour) : undefined,
    usualK,
  });
  const newCustomers = async () => {
    await events?.refresh();
    return [...(events?.users() ?? [])].filter((id) => users.numberOf(id) === undefined);
  };
  async function* everybody() {
    yield* users.ids;
    yield* await newCustomers();
  }
  async function* answerAll(
    asked: Iterable<string> | AsyncIterable<string> = everybody(),
    options: RecommendAllOptions = {},
  ) {
    const { exclude = [], strict = false, k, exclude_history, where, boost, diversity } = options;
    const request = valid(recommendationRequest, { k, exclude_history, where, boost, diversity });
    const namer = createNamer(dataset, linker);
    const { items: excluded, ignored } = strict
      ? { items: namer.items(exclude), ignored: [] }
      : namer.known(exclude);
    if (ignored.length > 0) options.onIgnored?.(ignored);
    const closed = excluded.length > 0 ? new Set([...unavailable(), ...excluded]) : unavailable();
    yield* recommendAll(asked, options, {
      lengthOf(id) {
        const user = users.numberOf(id);
        if (user === undefined) return events?.takenBy(id)?.items.length ?? null;
        return dataset.offsets[user + 1] - dataset.offsets[user];
      },
      answer: (user, signal) =>
        answerer.answer({ ...request, user }, { signal, many: { decoder: many, closed } }),
    });
  }
  const explain = (item: number, history: readonly number[]) => {
    if (!artefacts.prompts || !embeddings) throw withoutModel(recommender, 'it has no codes to explain');
    return {
      ...explainItem(item, history, artefacts, embeddings, recipe),
      ...(coldQueue?.has(item) ? { cold: true as const } : {}),
    };
  };

  return {
    name,
    version,
    fingerprint,
    users,
    languageModel: languageModel?.address ?? null,
    rankerMissing,
    pictures: dataset.items.some(({ attributes }) => String(attributes?.image ?? '').startsWith('https://')),
    model: {
      id: name,
      object: 'model',
      created: Math.floor(trainedAt.getTime() / 1000),
      owned_by: 'eager-llm',
      items: dataset.items.length,
      users: dataset.userIds.length,
      max_k: limits.items,
      ...(vouchedBy ? { vouched_by: vouchedBy } : {}),
    },
    recommend: async (request, { signal } = {}) =>
      underWay.add(answerer.answer(valid(recommendationRequest, request), { signal })),
    async addEvents(request) {
      const checked = valid(eventsRequest, request);
      if (!events)
        throw new UserError('serving/no-events', 'this run keeps no events', {
          remedy: 'Open it with openRun.',
        });
      return await events.add(checked);
    },
    forgetEvents: async (user) => (await events?.forget(user)) ?? 0,
    similar: async (id, options = {}) => related.similar(id, valid(similarOptions, options)),
    together: async (id, options = {}) => related.together(id, valid(togetherOptions, options)),
    newCustomers,
    recommendAll: answerAll,
    availability: () => ({
      unavailable: Array.from(unavailable(), (item) => dataset.items[item].item_id),
      unknown: [...(availability?.unknown() ?? [])],
    }),
    refreshAvailability: () => availability?.refresh(),
    chat: talk.start,
    search: (typed, limit = 10) =>
      linker.search(typed, limit).map(({ item, score }) => ({ ...cardOf(dataset.items[item]), score })),
    find: (text, limit = 24) => underWay.add(find(text, limit)),
    item: (id) => detailsOf(dataset.items[related.numberOf(id)]),
    async prepare({ whole = true } = {}) {
      await linker.prepare();
      await talk.prepare();
      await answerer.prepare();
      await cold?.prepare();
      // The first list of a model is slower than all others: its buffers are made for it.
      const closed = unavailable();
      const taken = dataset.items.find((_, item) => !closed.has(item));
      if (taken)
        await underWay.add(answerer.answer(valid(recommendationRequest, { history: [taken.item_id] })));
      const meant = heldMeaning.begin();
      if (whole) await meant;
    },
    explain(request) {
      const { item, history, words } = valid(explanationRequest, request);
      const namer = createNamer(dataset, linker);
      const number = namer.item(item);
      const held = words && { held: whereHeld(words, dataset.items[number]) };
      return { ...explain(number, namer.items(history)), ...held, ...withNotes(namer.notes()) };
    },
    evaluate: (evaluateOptions = {}) =>
      evaluateRun(evaluateOptions, artefacts, recipe, rankOwn, onTestOpened),
    load: decoder.load,
    close: () => {
      closed ??= Promise.all([underWay.done(), decoder.idle(), many.idle(), coldQueue?.idle()]).then(
        async () => {
          await heldMeaning.close();
          await model.dispose();
          await cold?.dispose();
        },
      );
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
