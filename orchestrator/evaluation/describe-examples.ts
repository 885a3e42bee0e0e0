import type { Dataset, EvaluationCase } from '../dataset/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';

const itemsShown = 5;
const historyShown = 3;

/** The best items after each history, best first, given all that each user has seen, and the users' numbers. */
export type Recommend = (
  histories: Int32Array[],
  seen: ReadonlySet<number>[],
  users: readonly number[],
) => Promise<readonly (readonly number[])[]>;

/**
 * A few users of a split in words: what they had, what is recommended, what they took. One text per user, who is named
 * only on request, so that what leaves this machine does not reveal anyone's history.
 */
export async function describeExamples(
  cases: { length: number; at(index: number): EvaluationCase | undefined },
  dataset: Dataset,
  recommend: Recommend,
  { users, seed, named }: { users: number; seed: number; named: boolean },
): Promise<string[]> {
  const order = Int32Array.from({ length: cases.length }, (_, at) => at);
  const chosen = Array.from(
    shuffle(order, createRandom(seed, 'examples')).subarray(0, users),
    (at) => cases.at(at)!,
  );
  if (chosen.length === 0) return [];
  const lists = await recommend(
    chosen.map(({ history }) => history),
    chosen.map(({ seen }) => new Set(seen)),
    chosen.map(({ user }) => user),
  );
  const title = (item: number) => dataset.items[item].title || dataset.items[item].item_id;
  return chosen.map(({ user, history, target }, at) => {
    const listed = lists[at].slice(0, itemsShown);
    const earlier = history.length - historyShown;
    return [
      `${named ? `User ${dataset.userIds[user]}` : 'A user'} had${earlier > 0 ? ` ${earlier} more, and lately` : ''}:`,
      ...[...history].slice(-historyShown).map((item) => `  - ${title(item)}`),
      'Recommended:',
      ...listed.map((item, place) => `  ${place + 1}. ${title(item)}${item === target ? '   <- taken' : ''}`),
      ...(listed.includes(target) ? [] : [`  (taken: ${title(target)})`]),
    ].join('\n');
  });
}
