import type { z } from 'zod';
import { mayListSeen } from '../opened-run/both-lists.ts';
import type { Recipe } from '../recipe/schema.ts';
import { createBreathe } from '../shared/breathe.ts';
import { UserError } from '../shared/errors.ts';
import { type AnswerParts, answerStart, type Reason } from './answer-start.ts';
import { withNotes } from './cards.ts';
import type { Recommendation, recommendationRequest } from './contract/recommendations.ts';
import type { Responder } from './conversation/respond.ts';
import type { TogetherDecoder } from './decode-together.ts';
import { type CustomerEvents, takenInBoth } from './events/customer-events.ts';
import { endOfLog, type TakenBy, takenInLog } from './histories.ts';
import type { KnownUsers } from './known-users.ts';
import type { ItemLinker } from './link-items.ts';
import { madeOnce } from './made-once.ts';
import { createNamer } from './name-items.ts';
import type { Offer } from './offer.ts';
import { forOneAnswer } from './one-answer.ts';
import { readRequest } from './read-request.ts';
import { learnRepeats } from './repeats/learn-repeats.ts';
import { notYetAgain } from './repeats/not-yet-again.ts';
import type { ItemFields } from './rules/item-fields.ts';
import { createRules, nothingFits } from './rules/read-rules.ts';
import type { ItemsWhere } from './rules/where.ts';

export interface AnswererParts extends AnswerParts {
  recipe: Recipe;
  users: KnownUsers;
  linker: ItemLinker;
  fields: ItemFields;
  /** Reads texts, and answers them. */
  responder(): Responder;
  events: CustomerEvents | undefined;
  itemsWhere: ItemsWhere;
  /** Items that are in no list at the moment. */
  unavailable(): ReadonlySet<number>;
  offered: Offer;
  /** Undefined in a run that has no vectors to find reasons by. */
  reason: Reason | undefined;
  /** The length of a list where a request names none. */
  usualK: number;
}

export interface AnswerOptions {
  signal?: AbortSignal | undefined;
  /** For one of many lists: their queue, and the items that are in none of them. */
  many?: { decoder: TogetherDecoder; closed: ReadonlySet<number> } | undefined;
}

/** Answers requests that were checked against their schema. */
export interface Answerer {
  answer(request: z.output<typeof recommendationRequest>, options?: AnswerOptions): Promise<Recommendation>;
  /** Makes what the first request would wait for. */
  prepare(): Promise<void>;
}

export function createAnswerer(parts: AnswererParts): Answerer {
  const { recipe, artefacts, users, linker, fields, responder, events } = parts;
  const { itemsWhere, unavailable, offered, usualK } = parts;
  const { dataset } = artefacts;
  const excludesHistory = recipe.evaluation.exclude_history || !mayListSeen(recipe.decoding, dataset);
  const inLog = takenInLog(dataset, users);
  const takenBy: TakenBy = (id) => takenInBoth(inLog(id), events?.takenBy(id) ?? null);
  const rulesOf = createRules(fields, itemsWhere);
  const repeats = madeOnce(() => learnRepeats(dataset, fields));
  const ending = endOfLog(dataset);
  const now = () => (ending === null ? null : Math.max(ending, events?.latest() ?? ending));
  const answer: Answerer['answer'] = async (request, { signal, many } = {}) => {
    // What is popular changes with them, too.
    if (!many && (request.user !== undefined || !request.history?.length)) await lookForEvents(events);
    const closed = many?.closed ?? unavailable();
    const namer = createNamer(dataset, linker);
    const said = [{ text: request.prompt ?? '', shown: [] }];
    const read = request.prompt ? responder().read(said, request.removed) : null;
    const understood =
      read && !read.recalls
        ? await responder().improve(read, said, request.removed, signal)
        : read && { intent: read };
    const intent = understood?.intent ?? null;
    const { ignored, fallback, history, excluded } = readRequest(request, {
      namer,
      intent,
      numbersOf: (ids) => responder().numbersOf(ids),
      takenBy,
      excludesHistory,
      notYetAgain: (taken) => notYetAgain(taken, repeats(), now()),
      unavailable: closed,
      historyLimit: dataset.historyLimit,
    });
    const rules = rulesOf(request);
    const named = responder().numbersOf([...(intent?.had ?? []), ...(intent?.liked ?? [])]);
    for (const item of named) namer.noteTaken(item, request.prompt ?? '');
    const k = request.k ?? usualK;
    const allowed = offered(closed, rules.allowed);
    const answerAlone = () => {
      const own = { ...parts, decoder: many?.decoder ?? forOneAnswer(parts.decoder) };
      const start = { ...rules, user: request.user, history, wish: '', groups: [], excluded, allowed };
      return answerStart(start, k, own, signal);
    };
    const { recommendation } = intent
      ? await responder().respond(
          {
            ...rules,
            intent,
            texts: [request.prompt ?? ''],
            history,
            excluded,
            k,
            recalls: intent.recalls,
          },
          signal,
        )
      : await answerAlone();
    const notes = [
      ...(understood?.note ? [understood.note] : []),
      ...(recommendation.notes ?? []),
      ...namer.notes(),
      ...(allowed?.size === 0 ? [nothingFits] : []),
    ];
    return {
      ...recommendation,
      ...(ignored.length > 0 ? { ignored } : {}),
      ...(fallback ? { fallback } : {}),
      ...withNotes(notes),
    };
  };
  return { answer, prepare: () => repeats.make(createBreathe()) };
}

/** An answer does not wait long for another process that holds the events: it starts from those that are known. */
async function lookForEvents(events: CustomerEvents | undefined): Promise<void> {
  try {
    await events?.refresh(1);
  } catch (error) {
    if (!(error instanceof UserError && error.code === 'serving/events-held')) throw error;
  }
}
