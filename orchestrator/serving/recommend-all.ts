import { setMaxListeners } from 'node:events';
import { allOrNone } from '../shared/all-or-none.ts';
import type { Recommendation, RecommendationRequest } from './contract/recommendations.ts';

/** What holds for the list of every user, as in a single request, and what is told on the way. */
export interface RecommendAllOptions
  extends Pick<RecommendationRequest, 'k' | 'exclude_history' | 'where' | 'boost' | 'diversity'> {
  /** Ids or titles of items that no list may hold; as many as there are. Unknown ones are skipped, as in a request. */
  exclude?: readonly string[] | undefined;
  /** Refuses unknown items in `exclude`. */
  strict?: boolean | undefined;
  /** Called before the first list with names in `exclude` that are no items, if there are any. */
  onIgnored?: ((names: readonly string[]) => void) | undefined;
  /** Users that are decoded together: so many answers are held at once. 1,024 by default. */
  block?: number | undefined;
  /** If aborted, the iteration rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Called with the number of users that are decoded, as they are. */
  onDecoded?: ((users: number) => void) | undefined;
  /** Called with each id that is no user of the run, which gets no list; without it, such an id is an error. */
  onUnknown?: ((user: string) => void) | undefined;
  /** Gives such an id an empty list instead: a customer may be forgotten after the ids were taken. */
  emptyUnknown?: boolean | undefined;
}

export type UserList = Recommendation & { user: string };

export interface RecommendAllParts {
  /** How much is known of a user; null for an unknown one. */
  lengthOf(user: string): number | null;
  answer(user: string, signal: AbortSignal): Promise<Recommendation>;
}

/**
 * The lists of users, in their order: the same that each gets alone. Users are read as they are needed, and no block is
 * decoded before the one ahead of it was taken, so memory does not grow with their number.
 */
export async function* recommendAll(
  users: Iterable<string> | AsyncIterable<string>,
  { block = 1024, signal, onDecoded, onUnknown, emptyUnknown = false }: RecommendAllOptions,
  parts: RecommendAllParts,
): AsyncGenerator<UserList, void, undefined> {
  let decoded = 0;
  const answer: RecommendAllParts['answer'] = async (user, either) =>
    emptyUnknown && parts.lengthOf(user) === null ? nothing : parts.answer(user, either);
  const lists = (asked: string[]) =>
    listsOf(asked, { ...parts, answer }, signal, () => onDecoded?.(++decoded));
  let asked: string[] = [];
  for await (const user of users) {
    signal?.throwIfAborted();
    if (onUnknown && parts.lengthOf(user) === null) {
      onUnknown(user);
      continue;
    }
    asked.push(user);
    if (asked.length < block) continue;
    yield* await lists(asked);
    asked = [];
  }
  if (asked.length > 0) yield* await lists(asked);
}

const nothing: Recommendation = { history: [], query: null, items: [] };

async function listsOf(
  users: readonly string[],
  { lengthOf, answer }: RecommendAllParts,
  signal: AbortSignal | undefined,
  onDecoded: () => void,
): Promise<UserList[]> {
  const order = users.map((user, at) => ({ at, length: lengthOf(user) ?? 0 }));
  // Similar lengths are decoded together, the longest first: less padding, and too little memory shows at once.
  order.sort((a, b) => b.length - a.length || a.at - b.at);
  const lists = new Array<UserList>(users.length);
  await allOrNone(signal, (either) => {
    // Each request of the block listens.
    setMaxListeners(0, either);
    return order.map(async ({ at }) => {
      lists[at] = { user: users[at], ...(await answer(users[at], either)) };
      onDecoded();
    });
  });
  return lists;
}
