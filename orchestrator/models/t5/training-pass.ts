import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Example } from '../../shared/example.ts';
import { createDropoutSites } from '../dropout-sites.ts';
import { padRows } from '../generation/padded-rows.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { Batch, ModelTensors, PassOptions, TrainingPass } from '../model.ts';
import type { T5Config } from './config.ts';
import { bucketTable } from './relative-positions.ts';
import { type SourceReader, tokenReader } from './source-reader.ts';
import { wholePass } from './whole-pass.ts';

/** The encoder over sources, the decoder over targets, each padded on the right by themselves. */
export function trainingPass(
  config: T5Config,
  tensors: ModelTensors,
  { dropout, adapterDropout }: PassOptions,
): TrainingPass {
  const { sites, dropper } = createDropoutSites();
  const droppers = { dropout: dropper(dropout), adapterDropout: dropper(adapterDropout) };
  const { states } = wholePass(
    config,
    tensors,
    tokenReader(config),
    input('wanted', ['W'], 'int64'),
    droppers,
  );
  return { states, sites };
}

/** A target's tokens are predicted behind the start token and those before them. */
export function pairedBatch(
  config: T5Config,
  examples: readonly Example[],
  whole: boolean,
  reader: SourceReader = tokenReader(config),
): Batch {
  const written = examples.map(({ target }) =>
    Int32Array.of(config.decoder_start_token_id, ...(whole ? target : target.subarray(0, -1))),
  );
  const source = reader.feeds(examples.map((example) => example.source));
  const target = targetFeeds(config, written);
  return {
    feeds: { ...source.feeds, ...target.feeds },
    counts: { 'B*E': examples.length * source.length, 'B*T': examples.length * target.length },
    before: (row, at) => row * target.length + at,
    behind: (row, at) => row * target.length + at + 1,
  };
}

/** `tokens` [B * T], `buckets` [T * T] and the causal `mask` [1, 1, T, T]. */
export function targetFeeds(
  config: T5Config,
  rows: readonly Int32Array[],
): { feeds: Record<string, TensorView>; length: number } {
  const { tokens, length } = padRows(rows);
  const mask = new Float32Array(length * length);
  for (let at = 0; at < length; at++) mask.fill(hiddenScore, at * length + at + 1, (at + 1) * length);
  return {
    feeds: {
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      buckets: { shape: [length * length], data: int64From(bucketTable(length, false, config)) },
      mask: { shape: [1, 1, length, length], data: mask },
    },
    length,
  };
}
