import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { type Example, lengthOf } from '../../shared/example.ts';
import { createDropoutSites } from '../dropout-sites.ts';
import { hiddenScore } from '../hidden-score.ts';
import type { Batch, ModelTensors, PassOptions, TrainingPass } from '../model.ts';
import type { LlamaConfig } from './config.ts';
import { type DecoderPass, runDecoder } from './decoder.ts';

/** Source and target joined in one row, right-padded; behind the last attention only the wanted states are computed. */
export function trainingPass(
  config: LlamaConfig,
  tensors: ModelTensors,
  { longest, dropout, adapterDropout }: PassOptions,
): TrainingPass {
  const { sites, dropper } = createDropoutSites();
  const states = runWholeRows(config, tensors, longest, {
    wanted: input('wanted', ['W'], 'int64'),
    dropout: dropper(dropout),
    adapterDropout: dropper(adapterDropout),
  });
  return { states, sites };
}

/** States of whole rows under one causal mask, with nothing cached; fed as `joinedBatch` feeds it. */
export function runWholeRows(
  config: LlamaConfig,
  tensors: ModelTensors,
  longest: number,
  more: Pick<DecoderPass, 'wanted' | 'dropout' | 'adapterDropout'> = {},
): Value {
  const { hidden } = runDecoder(config, tensors, {
    batch: 'B',
    length: 'T',
    embedded: tensors.embed(input('tokens', ['B*T'], 'int64')),
    positions: input('positions', ['B', 'T'], 'int64'),
    mask: input('mask', [1, 1, 1, 'T', 'T']),
    longest,
    ...more,
  });
  return hidden;
}

/**
 * `tokens` [B * T], `positions` [B, T] and the causal `mask` [1, 1, 1, T, T]: padding stands on the right, where no token
 * looks. The last token of a row is only ever a target; it goes in where the `whole` row is asked for.
 */
export function joinedBatch(examples: readonly Example[], whole: boolean): Batch {
  const unseen = whole ? 0 : 1;
  const length = Math.max(...examples.map((example) => lengthOf(example) - unseen));
  const tokens = new Int32Array(examples.length * length);
  for (const [row, { source, target }] of examples.entries()) {
    const start = row * length;
    tokens.set(source, start);
    tokens.set(target.subarray(0, target.length - unseen), start + source.length);
  }
  const placeOf = (row: number, at: number) => row * length + examples[row].source.length + at;
  return {
    feeds: {
      tokens: { shape: [tokens.length], data: int64From(tokens) },
      positions: positionsOf(examples.length, length),
      mask: causalMask(length),
    },
    counts: { 'B*T': tokens.length },
    before: (row, at) => (examples[row].source.length + at > 0 ? placeOf(row, at) - 1 : null),
    behind: placeOf,
  };
}

/** [rows, length], each row counted from 0. */
export function positionsOf(rows: number, length: number): TensorView {
  const positions = Int32Array.from({ length: rows * length }, (_, flat) => flat % length);
  return { shape: [rows, length], data: int64From(positions) };
}

const causalMasks = new Map<number, Float32Array>();

/** [1, 1, 1, length, length]: 0 up to the own position, very negative after it. */
export function causalMask(length: number): TensorView {
  let data = causalMasks.get(length);
  if (!data) {
    data = new Float32Array(length * length);
    for (let row = 0; row < length; row++) data.fill(hiddenScore, row * length + row + 1, (row + 1) * length);
    causalMasks.set(length, data);
  }
  return { shape: [1, 1, 1, length, length], data };
}
