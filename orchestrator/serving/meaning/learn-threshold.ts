import type { Item } from '../../dataset/types.ts';
import { itemFields } from '../../embedding/semantic/item-text.ts';
import type { TextField } from '../../embedding/semantic/settings.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { createRandom } from '../../shared/random.ts';
import { fillerWords } from '../filler-words.ts';

const samples = 150;
const phraseLength = 3;

/**
 * The least cosine that a request must have to an item. Phrases of single items must reach it, words thrown together
 * from different items must not: the value with the fewest errors among both.
 */
export async function learnThreshold(
  items: readonly Item[],
  fields: readonly TextField[],
  seed: number,
  best: (text: string) => Promise<number>,
): Promise<number> {
  const random = createRandom(seed, 'what fits');
  const words = items
    .map((item) => itemFields(item, fields).flatMap(wordsOf))
    .map((all) => all.filter((word) => !fillerWords.has(word)))
    .filter((all) => all.length >= phraseLength);
  if (words.length === 0) return 1;
  const own: number[] = [];
  const mixed: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const from = words[random.integer(words.length)];
    const start = random.integer(from.length - phraseLength + 1);
    own.push(await best(from.slice(start, start + phraseLength).join(' ')));
    const thrown = Array.from({ length: phraseLength }, () => {
      const other = words[random.integer(words.length)];
      return other[random.integer(other.length)];
    });
    mixed.push(await best(thrown.join(' ')));
  }
  return fewestErrors(own, mixed);
}

function fewestErrors(above: readonly number[], below: readonly number[]): number {
  const errors = (least: number) =>
    above.filter((value) => value < least).length + below.filter((value) => value >= least).length;
  return [...above]
    .sort((a, b) => a - b)
    .reduce((best, value) => (errors(value) < errors(best) ? value : best));
}
