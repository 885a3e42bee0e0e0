import type { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import type { Intent } from '../understanding/index.ts';
import type { Start } from './answer-start.ts';
import type { recommendationRequest } from './contract/recommendations.ts';
import type { Taken, TakenBy } from './histories.ts';
import type { Namer } from './name-items.ts';

/** A request, checked against its schema. */
type Request = z.output<typeof recommendationRequest>;

/** What requests are read with. */
export interface RequestReader {
  namer: Namer;
  /** What a text asks for. */
  understand(text: string, removed: readonly string[] | undefined): Intent;
  /** Numbers of the items with these ids. */
  numbersOf(ids: readonly string[]): number[];
  takenBy: TakenBy;
  /** Of what a customer has, the items that are not offered (again) now. */
  notYetAgain(taken: Taken): Iterable<number>;
  /** Whether lists leave out what the customer has, where a request does not say. */
  excludesHistory: boolean;
  /** Items that are in no list at the moment. */
  unavailable: ReadonlySet<number>;
  /** The longest history that the model was trained with. */
  historyLimit: number;
}

export interface ReadRequest extends Pick<Start, 'history' | 'excluded'> {
  /** Null where there is no text. */
  intent: Intent | null;
  /** Names that were skipped. */
  ignored: string[];
  /** Set where nothing is known of the customer, and what is popular stands in. */
  fallback: 'popular' | null;
}

const nothing: Taken = { items: [], times: [] };

/**
 * The items and the intent that an answer starts from. Throws a UserError for an unknown user, if there is nothing to start
 * from, and for unknown items of a strict request.
 */
export function readRequest(request: Request, reader: RequestReader): ReadRequest {
  const { user, history: names, prompt = '', exclude = [], exclude_history, strict = false } = request;
  const { understand, numbersOf, takenBy, excludesHistory, historyLimit } = reader;
  const known = user === undefined ? nothing : takenBy(user);
  if (known === null && request.fallback !== 'popular') throw unknownUser();
  const taken = known ?? nothing;
  const given = knownItems(names ?? [], reader, strict);
  // Reading a text needs the text index, which takes a while to build.
  const intent = prompt ? understand(prompt, request.removed) : null;
  const mentioned = intent ? numbersOf([...intent.had, ...intent.liked]) : [];
  const added = [...given.items, ...mentioned];
  const left = knownItems(exclude, reader, strict);
  const all = { items: [...taken.items, ...added], times: [...taken.times, ...added.map(() => null)] };
  const mode = exclude_history ?? excludesHistory;
  const had = mode === 'auto' ? reader.notYetAgain(all) : mode ? all.items : [];
  const excluded = new Set([...left.items, ...had]);
  const history = latest(all.items, Math.max(historyLimit, added.length));
  const isKnown = history.length > 0 || prompt !== '';
  if (!isKnown) checkFallback(request);
  return {
    history,
    intent,
    excluded,
    ignored: [...new Set([...given.ignored, ...left.ignored])],
    fallback: isKnown ? null : 'popular',
  };
}

/** The items that there are, by their names, and the names of those that there are not. */
function knownItems(names: readonly string[], { namer, unavailable }: RequestReader, strict: boolean) {
  if (!strict) return namer.known(names, unavailable);
  const items = namer.items(names);
  const gone = names.filter((_, at) => unavailable.has(items[at]));
  if (gone.length > 0)
    throw new UserError(
      'serving/not-available',
      `not available at present: ${gone.slice(0, 20).join(', ')}`,
      {
        remedy: 'Leave them out, or leave out strict.',
      },
    );
  return { items, ignored: [] };
}

/** Popular items stand in for a customer who is new, or where the request says so. */
function checkFallback({ user, history, fallback }: Request): void {
  if (fallback === 'popular' || (fallback === undefined && (user !== undefined || history !== undefined)))
    return;
  throw new UserError('serving/request', 'there is nothing to start from', {
    remedy: 'Give a user, a history of one item or more, or a prompt; or fallback: popular.',
  });
}

/** Anyone may ask: the message names no user, neither this one nor others. */
function unknownUser(): UserError {
  return new UserError('serving/unknown-user', 'no such user is known', {
    remedy: 'Give the id of a user of the log, or a history, or fallback: popular.',
  });
}

function latest(items: readonly number[], most: number): readonly number[] {
  return items.slice(Math.max(0, items.length - most));
}
