import { int64From } from '../engine/int64.ts';
import type { TensorView } from '../engine/program.ts';
import { hidden } from '../model/training-graph.ts';

/** What a pass over whole sequences is fed. */
export interface PromptFeeds {
  feeds: Record<'tokens' | 'positions' | 'mask', TensorView>;
  /** Length of the longest, to which all are padded. */
  length: number;
}

/** Pads on the right, where no token looks: one causal mask fits all rows, and any token will do as padding. */
export function promptFeeds(sequences: readonly Int32Array[]): PromptFeeds {
  const length = sequences.reduce((longest, own) => Math.max(longest, own.length), 0);
  const tokens = new Int32Array(sequences.length * length);
  for (const [row, sequence] of sequences.entries()) tokens.set(sequence, row * length);
  const positions = tokens.map((_, flat) => flat % length);
  return {
    feeds: {
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      positions: { shape: [sequences.length, length], data: int64From(positions) },
      mask: { shape: [1, 1, 1, length, length], data: causal(length) },
    },
    length,
  };
}

function causal(length: number): Float32Array {
  const mask = new Float32Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(hidden, row * length + row + 1, (row + 1) * length);
  return mask;
}
