import test from 'ava';
import type { EvaluationCase } from '../../orchestrator/dataset/types.ts';
import { casesOfUsers } from '../../orchestrator/opened-run/sample-cases.ts';
import { createRandom, shuffle } from '../../orchestrator/shared/random.ts';

const casesFor = (users: number, each: number): EvaluationCase[] =>
  Array.from({ length: users * each }, (_, event) => ({
    user: Math.floor(event / each),
    history: new Int32Array(0),
    seen: new Int32Array(0),
    target: 0,
    event,
  }));

test('users are drawn, each with all of the targets', (t) => {
  const drawn = casesOfUsers(casesFor(40, 25), 6, 1);
  const users = new Set(drawn.map(({ user }) => user));
  t.is(users.size, 6);
  t.is(drawn.length, 150);
  for (const user of users) t.is(drawn.filter((each) => each.user === user).length, 25);
});

test('where each user has one target, users are drawn as cases were before', (t) => {
  const cases = casesFor(30, 1);
  t.deepEqual(
    casesOfUsers(cases, 7, 3),
    shuffle([...cases], createRandom(3, 'validation-users')).slice(0, 7),
  );
});

test('0 is everyone, and so is a number that there are not', (t) => {
  const cases = casesFor(4, 3);
  t.deepEqual(casesOfUsers(cases, 0, 1), cases);
  t.deepEqual(casesOfUsers(cases, 4, 1), cases);
});
