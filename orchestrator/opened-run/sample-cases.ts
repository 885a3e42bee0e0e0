import type { EvaluationCase } from '../dataset/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';

/**
 * The cases of at most `atMost` users, drawn by seed, so that the same users are asked each time; 0 = all of them. A
 * user is included with all cases or with none.
 */
export function casesOfUsers(
  cases: readonly EvaluationCase[],
  atMost: number,
  seed: number,
): EvaluationCase[] {
  const byUser = new Map<number, EvaluationCase[]>();
  for (const each of cases) {
    const own = byUser.get(each.user);
    if (own) own.push(each);
    else byUser.set(each.user, [each]);
  }
  const users = [...byUser.values()];
  if (atMost === 0 || users.length <= atMost) return [...cases];
  return shuffle(users, createRandom(seed, 'validation-users')).slice(0, atMost).flat();
}

/** At most so many cases, drawn by seed, so that the same ones are asked each time; 0 = all of them. Reorders `cases`. */
export function sampleCases(cases: EvaluationCase[], atMost: number, seed: number): EvaluationCase[] {
  if (atMost === 0 || cases.length <= atMost) return cases;
  return shuffle(cases, createRandom(seed, 'validation-users')).slice(0, atMost);
}
