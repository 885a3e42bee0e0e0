import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { createRandom } from '../../shared/random.ts';
import { fillerWords } from '../filler-words.ts';

const samples = 200;
/** This share of the samples is nearer to nothing than a request may be; chosen on made-up requests. */
const share = 0.1;

/**
 * How near a request must be to some item. Words of the catalogue thrown together belong to its field but mean nothing: a
 * request that is farther than nearly all of these fits nothing. They have `shortest` to
 * `longest` words; `nearness` says how near a text comes to any item.
 */
export async function leastOfNonsense(
  items: readonly Item[],
  seed: number,
  [shortest, longest]: readonly [number, number],
  nearness: (text: string) => Promise<number>,
): Promise<number> {
  const random = createRandom(seed, 'what fits');
  const words = items
    .map(({ title, description }) => wordsOf(`${title} ${description}`).filter(saysSomething))
    .filter((all) => all.length > 0);
  const reached: number[] = [];
  for (let sample = 0; sample < samples && words.length > 0; sample++) {
    const length = shortest + random.integer(longest - shortest + 1);
    const thrown = Array.from({ length }, () => {
      const from = words[random.integer(words.length)];
      return from[random.integer(from.length)];
    });
    reached.push(await nearness(thrown.join(' ')));
  }
  return reached.sort((a, b) => a - b)[Math.floor(share * reached.length)] ?? Number.POSITIVE_INFINITY;
}

function saysSomething(word: string): boolean {
  return word.length > 2 && !fillerWords.has(word);
}
