import { trainingSequence } from '../dataset/training-sequence.ts';
import type { Dataset } from '../dataset/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';

const share = 0.1;

/** A tenth of the items, drawn by seed, at least one. */
export function drawAsIfNew(items: readonly number[], seed: number): ReadonlySet<number> {
  const drawn = shuffle(Int32Array.from(items), createRandom(seed, 'fusion', 'as if new'));
  return new Set(drawn.subarray(0, Math.max(1, Math.round(share * items.length))));
}

/** The training log as it would be if nobody had taken some items. Nothing of it is held out. */
export function logWithout(dataset: Dataset, items: ReadonlySet<number>): Dataset {
  const sequences = dataset.userIds.map((_, user) =>
    trainingSequence(dataset, user).filter((item) => !items.has(item)),
  );
  const offsets = new Int32Array(sequences.length + 1);
  for (const [user, { length }] of sequences.entries()) offsets[user + 1] = offsets[user] + length;
  const events = new Int32Array(offsets[sequences.length]);
  for (const [user, sequence] of sequences.entries()) events.set(sequence, offsets[user]);
  const { times: _times, ...rest } = dataset;
  const ends = offsets.slice(1);
  return { ...rest, offsets, events, trainEnd: ends, validationEnd: ends };
}
