import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { padRows } from '../generation/padded-rows.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { ModelTensors } from '../model.ts';
import type { T5Config } from './config.ts';
import { bucketTable } from './relative-positions.ts';

/** What the encoder reads: how sources become rows, and what is fed for them. */
export interface SourceReader {
  /** [B * E, width] of what `feeds` feeds. */
  embed(tensors: ModelTensors): Value;
  /** For sources of any length; `length`: E, that of the longest. `source_buckets` [E * E] and `source_mask` [B, 1, 1, E] are among them. */
  feeds(rows: readonly Int32Array[]): SourceFeeds;
}

export interface SourceFeeds {
  feeds: Record<string, TensorView>;
  length: number;
}

/** A T5's own: a row for each token. */
export function tokenReader(config: T5Config): SourceReader {
  return {
    embed: (tensors) => tensors.embed(input('source', ['B*E'], 'int64')),
    feeds: (rows) => sourceFeeds(config, rows),
  };
}

/** `source` [B * E], `source_buckets` [E * E], `source_mask` [B, 1, 1, E]. */
export function sourceFeeds(config: T5Config, rows: readonly Int32Array[]): SourceFeeds {
  const { tokens, length } = padRows(rows);
  const mask = new Float32Array(tokens.length);
  // A source without any token looks at its padding: there has to be something to look at.
  for (const [row, own] of rows.entries())
    mask.fill(hiddenScore, row * length + Math.max(1, own.length), (row + 1) * length);
  return {
    feeds: {
      source: { shape: [tokens.length], data: int64From(tokens) },
      source_buckets: { shape: [length * length], data: int64From(bucketTable(length, true, config)) },
      source_mask: { shape: [rows.length, 1, 1, length], data: mask },
    },
    length,
  };
}
