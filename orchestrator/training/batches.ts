import { int64From } from '../engine/int64.ts';
import { causalMask, type TrainingFeeds } from '../model/training-graph.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import type { RowSource } from './options.ts';

/** Micro-batches that are sorted by length together: wide enough for little padding, narrow enough to stay random. */
const batchesPerWindow = 32;

/** How many micro-batches an epoch of `rows` rows has. */
export function microBatchCount(rows: number, microBatchSize: number): number {
  return Math.ceil(rows / microBatchSize);
}

/**
 * Micro-batches of an epoch from batch `first` on. Rows of a window are rendered, sorted by length, cut, and the
 * cuts shuffled, all seeded by the epoch: batch n is the same however training got there.
 */
export function* microBatches(
  source: RowSource,
  epoch: number,
  { microBatchSize, seed, first }: { microBatchSize: number; seed: number; first: number },
): Generator<TrainingRow[]> {
  const rows = source.epoch(epoch);
  const windowRows = microBatchSize * batchesPerWindow;
  const firstWindow = Math.floor(first / batchesPerWindow);
  for (let window = firstWindow; window * windowRows < rows.length; window++) {
    const start = window * windowRows;
    const end = Math.min(start + windowRows, rows.length);
    const rendered = Array.from({ length: end - start }, (_, at) => rows.row(start + at));
    rendered.sort((a, b) => a.input_ids.length - b.input_ids.length);
    const cuts: TrainingRow[][] = [];
    for (let at = 0; at < rendered.length; at += microBatchSize)
      cuts.push(rendered.slice(at, at + microBatchSize));
    shuffle(cuts, createRandom(seed, 'batches', epoch, window));
    yield* window === firstWindow ? cuts.slice(first - window * batchesPerWindow) : cuts;
  }
}

/** The sum of loss weights of some rows. */
export function lossWeight(rows: readonly TrainingRow[]): number {
  let sum = 0;
  for (const { loss_weights } of rows)
    for (let at = 1; at < loss_weights.length; at++) sum += loss_weights[at];
  return sum;
}

/** Tensors of a micro-batch; loss weights are divided by `totalWeight`, the sum over all batches of the update. */
export function batchFeeds(rows: readonly TrainingRow[], totalWeight: number): TrainingFeeds {
  const length = Math.max(...rows.map(({ input_ids }) => input_ids.length - 1));
  const tokens = new Int32Array(rows.length * length);
  const positions = new Int32Array(rows.length * length);
  const selected: number[] = [];
  const targets: number[] = [];
  const weights: number[] = [];
  for (const [row, { input_ids, loss_weights }] of rows.entries()) {
    const start = row * length;
    // The last token is only ever a target.
    for (let at = 0; at < input_ids.length - 1; at++) {
      tokens[start + at] = input_ids[at];
      if (loss_weights[at + 1] === 0) continue;
      selected.push(start + at);
      targets.push(input_ids[at + 1]);
      weights.push(loss_weights[at + 1] / totalWeight);
    }
    for (let at = 0; at < length; at++) positions[start + at] = at;
  }
  return {
    tokens: { shape: [tokens.length], data: int64From(tokens) },
    positions: { shape: [rows.length, length], data: int64From(positions) },
    mask: causalMask(length),
    selected: { shape: [selected.length], data: int64From(selected) },
    targets: { shape: [targets.length], data: int64From(targets) },
    weights: { shape: [weights.length], data: Float32Array.from(weights) },
  };
}
