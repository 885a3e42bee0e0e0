import { placeOf } from '../shared/place-of.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import { caseAt, targetsWithHistory } from './evaluation-cases.ts';
import type { Dataset, EvaluationCase, Split } from './types.ts';

/** The cases of a split in their order, made when they are asked for, each once: those of all users may not fit into memory. */
export interface SplitCases {
  length: number;
  /** Users that have a case. */
  users: number;
  at(index: number): EvaluationCase;
  /** The cases of at most so many users, drawn by seed, each with all cases or none, so that the same are asked each time; 0 = all. */
  ofUsers(atMost: number, seed: number): EvaluationCase[];
  /** At most so many cases, drawn by seed, so that the same ones are asked each time; 0 = all of them. */
  drawn(atMost: number, seed: number): EvaluationCase[];
}

export function splitCases(dataset: Dataset, split: Split): SplitCases {
  const users = dataset.trainEnd
    .map((_, user) => user)
    .filter((user) => {
      const [from, to] = targetsWithHistory(dataset, split, user);
      return to > from;
    });
  /** [users + 1] cases before those of each user */
  const starts = new Int32Array(users.length + 1);
  for (const [at, user] of users.entries()) {
    const [from, to] = targetsWithHistory(dataset, split, user);
    starts[at + 1] = starts[at] + to - from;
  }
  const length = starts[users.length];
  const made = new Map<number, EvaluationCase>();
  const caseOf = (place: number, index: number): EvaluationCase => {
    const [from] = targetsWithHistory(dataset, split, users[place]);
    const own = made.get(index) ?? caseAt(dataset, users[place], from + index - starts[place]);
    made.set(index, own);
    return own;
  };
  const at = (index: number) => caseOf(placeOf(starts, index), index);
  const draw = (count: number, atMost: number, seed: number): Int32Array => {
    const all = Int32Array.from({ length: count }, (_, number) => number);
    return atMost === 0 || count <= atMost
      ? all
      : shuffle(all, createRandom(seed, 'validation-users')).slice(0, atMost);
  };
  return {
    length,
    users: users.length,
    at,
    ofUsers: (atMost, seed) =>
      Array.from(draw(users.length, atMost, seed)).flatMap((place) =>
        Array.from({ length: starts[place + 1] - starts[place] }, (_, own) =>
          caseOf(place, starts[place] + own),
        ),
      ),
    drawn: (atMost, seed) => Array.from(draw(length, atMost, seed), at),
  };
}
