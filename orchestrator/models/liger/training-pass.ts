import { floats } from '../../engine/floats.ts';
import { concat, foldRows, gatherRows, reshape } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import type { Example } from '../../shared/example.ts';
import { createDropoutSites } from '../dropout-sites.ts';
import type { Batch, ModelTensors, PassOptions, TrainingPass } from '../model.ts';
import type { SourceFeeds } from '../t5/source-reader.ts';
import { pairedBatch } from '../t5/training-pass.ts';
import { wholePass } from '../t5/whole-pass.ts';
import type { LigerConfig } from './config.ts';
import { itemReader } from './item-reader.ts';

/** The pass of a T5; in each row the state of the history stands behind those of the code's digits. */
export function trainingPass(
  config: LigerConfig,
  tensors: ModelTensors,
  { dropout: rate }: PassOptions,
): TrainingPass {
  const { sites, dropper } = createDropoutSites();
  const { backbone, code_levels: digits } = config;
  const width = backbone.d_model;
  const decoded = input('decoded', [digitsOf(config)], 'int64');
  const droppers = { dropout: dropper(rate) };
  const pass = wholePass(backbone, tensors, itemReader(config), decoded, droppers, digits);
  const states = concat(
    [reshape(pass.states, ['B', digits, width]), reshape(statesOfHistories(pass.encoded), ['B', 1, width])],
    1,
  );
  return { states: gatherRows(foldRows(states), input('wanted', ['W'], 'int64'), { distinct: true }), sites };
}

/** All digits of a batch: their states, one row after the other. */
const digitsOf = ({ code_levels }: LigerConfig): Dim => multiplyDims(['B', code_levels]);

/** [B, width]: what the encoder has made of the last digit of each history. Fed by `latestFeed`. */
export function statesOfHistories(encoded: Value): Value {
  return gatherRows(encoded, input('latest', ['B'], 'int64'), { distinct: true });
}

/** Digits are predicted as in a T5; behind the last of them stands the state that asks for the item as a vector. */
export function denseBatch(config: LigerConfig, examples: readonly Example[]): Batch {
  const reader = itemReader(config);
  const { feeds, counts } = pairedBatch(config.backbone, examples, false, reader);
  const digits = config.code_levels;
  const decoded = Int32Array.from({ length: examples.length * digits }, (_, at) => at);
  const before = (row: number, at: number) => row * (digits + 1) + at;
  return {
    feeds: {
      ...feeds,
      decoded: { shape: [decoded.length], data: int64From(decoded) },
      latest: latestFeed({ feeds, length: counts['B*E'] / examples.length }),
    },
    counts: { 'B*E': counts['B*E'], [String(digitsOf(config))]: decoded.length },
    before,
    behind: (row, at) => before(row, at + 1),
  };
}

/** Flat places [B] of the last tokens of sources. */
export function latestFeed({ feeds, length }: SourceFeeds): TensorView {
  const mask = floats(feeds.source_mask);
  const last = Array.from({ length: mask.length / length }, (_, row) => {
    const own = mask.subarray(row * length, (row + 1) * length);
    return row * length + own.lastIndexOf(0);
  });
  return { shape: [last.length], data: int64From(last) };
}
