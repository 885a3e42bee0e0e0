import { createRandom, shuffle } from '../../shared/random.ts';
import type { IndexMethod } from '../types.ts';

/** A balanced tree in which items stand at random: the floor that an index has to beat. Every path is unique. */
export const randomCodes: IndexMethod = async ({ rows: items }, { shape, label, seed }) => {
  const { branching, height } = shape;
  const places = shuffle(
    Int32Array.from({ length: items }, (_, item) => item),
    createRandom(seed, 'item-index', 'random', label),
  );
  const codes = new Int32Array(items * height);
  for (let item = 0; item < items; item++) {
    let rest = places[item];
    for (let level = 0; level < height; level++) {
      codes[item * height + level] = rest % branching;
      rest = Math.floor(rest / branching);
    }
  }
  return { levels: height, codes };
};
