import type { ModelDefinition } from '../models/model.ts';
import { type Example, lengthOf } from '../shared/example.ts';
import { createRandom, shuffle } from '../shared/random.ts';
import type { RowSource } from './options.ts';

/** Number of micro-batches sorted by length together: large enough for little padding, small enough to stay random. */
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
): Generator<Example[]> {
  const rows = source.epoch(epoch);
  const windowRows = microBatchSize * batchesPerWindow;
  const firstWindow = Math.floor(first / batchesPerWindow);
  for (let window = firstWindow; window * windowRows < rows.length; window++) {
    const start = window * windowRows;
    const end = Math.min(start + windowRows, rows.length);
    const rendered = Array.from({ length: end - start }, (_, at) => rows.row(start + at));
    rendered.sort((a, b) => lengthOf(a) - lengthOf(b));
    const cuts: Example[][] = [];
    for (let at = 0; at < rendered.length; at += microBatchSize)
      cuts.push(rendered.slice(at, at + microBatchSize));
    shuffle(cuts, createRandom(seed, 'batches', epoch, window));
    yield* window === firstWindow ? cuts.slice(first - window * batchesPerWindow) : cuts;
  }
}

/**
 * Cuts a micro-batch so that each piece, padded to its longest example, has at most `maxTokens` tokens; an example that
 * is longer than that goes alone.
 */
export function passesOf(
  examples: readonly Example[],
  { lengths }: Pick<ModelDefinition, 'lengths'>,
  maxTokens: number,
): Example[][] {
  const passes: Example[][] = [];
  let longest: readonly number[] = [];
  for (const example of examples) {
    const pass = passes.at(-1);
    const own = lengths(example);
    const padded = own.map((length, part) => Math.max(length, longest[part] ?? 0));
    if (pass && (pass.length + 1) * padded.reduce((sum, length) => sum + length, 0) <= maxTokens) {
      pass.push(example);
      longest = padded;
    } else {
      passes.push([example]);
      longest = own;
    }
  }
  return passes;
}
