import type { Understood } from '../../../orchestrator/serving/contract/understood.ts';
import type { Part } from './turn.ts';

/** Whether a part is a number that nobody said: "about 20" is guessed to be 15 to 25, a big dog to need size L. */
export function isGuess({ key }: Part, { intent }: Pick<Understood, 'intent'>): boolean {
  const guessed = intent.limits.filter((limit) => 'guessed' in limit && limit.guessed === true);
  return (
    key.startsWith('limit:guess:') || guessed.some(({ field, text }) => key === `limit:${field}:${text}`)
  );
}
