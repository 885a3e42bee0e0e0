import { digitPlaces, legalDigits, type Teaching } from './legal-digits.ts';
import { nextToken } from './next-token.ts';
import type { Objective } from './objective.ts';

/** Every learned token once: digits of histories among those that can come, where they are taught so, all others among the whole vocabulary. */
export function tokenObjectives(teaching: Teaching | null): Objective[] {
  if (!teaching) return [nextToken()];
  return [nextToken((example) => digitPlaces(example, teaching.digits)), legalDigits(teaching)];
}
