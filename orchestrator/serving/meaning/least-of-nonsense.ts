import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { createRandom } from '../../shared/random.ts';
import { isFiller } from '../../understanding/index.ts';

const samples = 200;
/** This share of the samples is nearer to nothing than a request may be; chosen on made-up requests. */
const share = 0.1;

/**
 * Words of the catalogue, `shortest` to `longest` of them, thrown together: they belong to its field but mean nothing.
 * Always the same for the same catalogue and seed.
 */
export function thrownTogether(
  items: readonly Item[],
  seed: number,
  [shortest, longest]: readonly [number, number],
): string[] {
  const random = createRandom(seed, 'what fits');
  const words = items
    .map(({ title, description }) => wordsOf(`${title} ${description}`).filter(saysSomething))
    .filter((all) => all.length > 0);
  if (words.length === 0) return [];
  return Array.from({ length: samples }, () => {
    const length = shortest + random.integer(longest - shortest + 1);
    const thrown = Array.from({ length }, () => {
      const from = words[random.integer(words.length)];
      return from[random.integer(from.length)];
    });
    return thrown.join(' ');
  });
}

/** How near a request must be to some item: a request that is farther than nearly all nonsense (`reached`) fits nothing. */
export function leastOf(reached: readonly number[]): number {
  return [...reached].sort((a, b) => a - b)[Math.floor(share * reached.length)] ?? Number.POSITIVE_INFINITY;
}

function saysSomething(word: string): boolean {
  return word.length > 2 && !isFiller(word);
}
