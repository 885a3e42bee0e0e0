import { concat, foldRows, gatherRows, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Example } from '../../shared/example.ts';
import { createDropoutSites } from '../dropout-sites.ts';
import { padRows } from '../generation/padded-rows.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { Batch, ModelTensors, PassOptions, TrainingPass } from '../model.ts';
import { decodedLength, type EagerConfig, type EagerStream, startRow, summaryRow } from './config.ts';
import { decode, type Encoded, encode } from './stacks.ts';

/** One pass of the encoder, and one of each stream's decoder: in each row the states of one stream stand behind those of the other. */
export function trainingPass(
  config: EagerConfig,
  tensors: ModelTensors,
  { dropout: rate }: PassOptions,
): TrainingPass {
  const { sites, dropper } = createDropoutSites();
  const dropout = dropper(rate);
  const encoded = encodeHistories(config, tensors, dropout);
  const states = config.streams.map((stream) => {
    const { name } = stream;
    const length = decodedLength(stream);
    const flat = [multiplyDims(['B', length])];
    const own = decode(
      config,
      tensors,
      stream,
      {
        batch: 'B',
        length,
        tokens: input(`tokens/${name}`, flat, 'int64'),
        positions: input(`positions/${name}`, flat, 'int64'),
        mask: input(`mask/${name}`, [1, 1, length, length]),
        dropout,
      },
      encoded,
    );
    return reshape(own, ['B', length, config.hidden_size]);
  });
  const all = foldRows(concat(states, 1));
  return { states: gatherRows(all, input('wanted', ['W'], 'int64'), { distinct: true }), sites };
}

/** Fed by `historyFeeds`. */
export function encodeHistories(
  config: EagerConfig,
  tensors: ModelTensors,
  dropout?: Parameters<typeof encode>[2]['dropout'],
): Encoded {
  return encode(config, tensors, {
    batch: 'B',
    length: 'E',
    tokens: input('source', ['B*E'], 'int64'),
    positions: input('source_positions', ['B*E'], 'int64'),
    mask: input('source_mask', ['B', 1, 1, 'E']),
    dropout,
  });
}

/** A target is the nodes to an item in one tree after the other; each is predicted from those before it in its own. */
export function streamBatch(config: EagerConfig, examples: readonly Example[]): Batch {
  const rows = examples.length;
  const feeds = historyFeeds(
    config,
    examples.map(({ source }) => source),
  );
  const counts: Record<string, number> = { 'B*E': feeds.source.shape[0] };
  /** Where in a row each node is predicted, and which of them are the last of their stream. */
  const places: number[] = [];
  const lasts = new Set<number>();
  let width = 0;
  for (const stream of config.streams) {
    const length = decodedLength(stream);
    const start = places.length;
    const written = examples.map(({ target }) => target.subarray(start, start + stream.levels));
    Object.assign(feeds, pathFeeds(stream, written));
    counts[String(multiplyDims(['B', length]))] = rows * length;
    for (let level = 0; level < stream.levels; level++) places.push(width + level);
    lasts.add(places.length - 1);
    width += length;
  }
  return {
    feeds,
    counts,
    before: (row, at) => row * width + places[at],
    // Behind the last node stands the summary of them all.
    behind: (row, at) => row * width + places[at] + (lasts.has(at) ? 2 : 1),
  };
}

/** `source`, `source_positions` [B * E], counted from the latest item back, and `source_mask` [B, 1, 1, E]. */
export function historyFeeds(
  config: EagerConfig,
  histories: readonly Int32Array[],
): Record<string, TensorView> {
  const latest = histories.map((items) => items.subarray(-config.max_position_embeddings));
  const { tokens, length } = padRows(latest);
  const positions = new Int32Array(tokens.length);
  const mask = new Float32Array(tokens.length);
  for (const [row, items] of latest.entries()) {
    for (let at = 0; at < items.length; at++) positions[row * length + at] = items.length - 1 - at;
    mask.fill(hiddenScore, row * length + Math.max(1, items.length), (row + 1) * length);
  }
  return {
    source: { shape: [tokens.length], data: int64From(tokens) },
    source_positions: { shape: [tokens.length], data: int64From(positions) },
    source_mask: { shape: [latest.length, 1, 1, length], data: mask },
  };
}

/** A start, the nodes of each path, and the summary; each looks at itself and those before it. */
function pathFeeds(stream: EagerStream, paths: readonly Int32Array[]): Record<string, TensorView> {
  const { name } = stream;
  const length = decodedLength(stream);
  const tokens = paths.flatMap((path) => [startRow(stream), ...path, summaryRow(stream)]);
  const mask = new Float32Array(length * length);
  for (let at = 0; at < length; at++) mask.fill(hiddenScore, at * length + at + 1, (at + 1) * length);
  return {
    [`tokens/${name}`]: { shape: [tokens.length], data: int64From(tokens) },
    [`positions/${name}`]: {
      shape: [tokens.length],
      data: int64From(tokens.map((_, at) => at % length)),
    },
    [`mask/${name}`]: { shape: [1, 1, length, length], data: mask },
  };
}
