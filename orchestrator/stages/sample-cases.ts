import type { EvaluationCase } from '../dataset/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';

/** At most so many cases, drawn by seed, so that the same users are asked each time; 0 = all of them. Reorders `cases`. */
export function sampleCases(cases: EvaluationCase[], atMost: number, seed: number): EvaluationCase[] {
  if (atMost === 0 || cases.length <= atMost) return cases;
  return shuffle(cases, createRandom(seed, 'validation-users')).slice(0, atMost);
}
