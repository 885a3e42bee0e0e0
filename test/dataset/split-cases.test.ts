import test from 'ava';
import { evaluationCases } from '../../orchestrator/dataset/evaluation-cases.ts';
import { splitCases } from '../../orchestrator/dataset/split-cases.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { createRandom, shuffle } from '../../orchestrator/shared/random.ts';

/** Users of 10 training events and `each` targets; the first of them, who had nothing before, has one less. */
function datasetOf(users: number, each: number): Dataset {
  const lengths = Array.from({ length: users }, (_, user) => (user === 0 ? each : 10 + each));
  const offsets = Int32Array.from([0, ...lengths.map((_, at) => sum(lengths.slice(0, at + 1)))]);
  const trainEnd = Int32Array.from({ length: users }, (_, user) => offsets[user + 1] - each);
  return {
    items: [],
    userIds: lengths.map((_, user) => `u${user}`),
    offsets,
    events: Int32Array.from({ length: offsets[users] }, (_, at) => at),
    trainEnd,
    validationEnd: trainEnd,
    historyLimit: 5,
  };
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test('users are drawn, each with all of the targets', (t) => {
  const cases = splitCases(datasetOf(41, 25), 'test');
  t.is(cases.users, 41);
  t.is(cases.length, 41 * 25 - 1);
  const drawn = cases.ofUsers(6, 1);
  const users = new Set(drawn.map(({ user }) => user));
  t.is(users.size, 6);
  for (const user of users) t.is(drawn.filter((each) => each.user === user).length, user === 0 ? 24 : 25);
});

test('where each user has one target, users are drawn as cases are', (t) => {
  const dataset = datasetOf(31, 1);
  const cases = splitCases(dataset, 'test');
  t.is(cases.users, 30, 'who has a target and no history is not asked');
  const all = [...evaluationCases(dataset, 'test')];
  t.deepEqual(cases.ofUsers(7, 3), shuffle(all, createRandom(3, 'validation-users')).slice(0, 7));
  t.deepEqual(cases.drawn(7, 3), cases.ofUsers(7, 3));
});

test('0 is everyone, and so is a number that there are not', (t) => {
  const dataset = datasetOf(4, 3);
  const all = [...evaluationCases(dataset, 'test')];
  for (const atMost of [0, 4]) t.deepEqual(splitCases(dataset, 'test').ofUsers(atMost, 1), all);
  t.deepEqual(splitCases(dataset, 'test').drawn(0, 1), all);
});

test('a case is the same thing however often it is asked for', (t) => {
  const cases = splitCases(datasetOf(4, 3), 'test');
  t.is(cases.at(4), cases.ofUsers(0, 1)[4]);
});
