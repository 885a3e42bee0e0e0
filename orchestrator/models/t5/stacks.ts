import {
  add,
  concat,
  gatherRows,
  matMul,
  mul,
  relu,
  reshape,
  rmsNorm,
  softmax,
  transpose,
} from '../../engine/functions.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import type { Dropper } from '../dropout-sites.ts';
import type { ModelTensors } from '../model.ts';
import { decoderLayers, type T5Config } from './config.ts';
import {
  biasTensor,
  finalNormTensor,
  normTensor,
  type Part,
  projectionTensor,
  type Stack,
} from './tensors.ts';

export interface Droppers {
  /** Applied to what attention and MLP add to the residual stream, by site name; training only. */
  dropout?: Dropper | undefined;
  /** Applied to the inputs of adapters; training only. */
  adapterDropout?: Dropper | undefined;
}

/** Keys and values, [batch, heads, length, head size] each. */
export interface KeyValue {
  key: Value;
  value: Value;
}

/** Batch, new tokens of a row, and tokens that they look at. */
interface Sizes {
  batch: Dim;
  length: Dim;
  seen: Dim;
}

export interface EncoderPass extends Droppers {
  batch: Dim;
  length: Dim;
  /** [batch * length, width]: what stands for the tokens */
  embedded: Value;
  /** [length * length] of int64: buckets of relative positions, both ways */
  buckets: Value;
  /** [batch, 1, 1, length] added to scores: very negative at padding */
  mask: Value;
}

/** T5's encoder (Raffel et al. 2020): states [batch * length, width] after its final norm. */
export function runEncoder(config: T5Config, tensors: ModelTensors, pass: EncoderPass): Value {
  const { batch, length, mask, buckets } = pass;
  const sizes = { batch, length, seen: length };
  const parts = partsOf(config, tensors, 'encoder', pass);
  // The same for all rows: padding is hidden by the mask alone.
  const bias = add(relativeBias(config, tensors, 'encoder', buckets, [1, length, length]), mask);
  const blockOf = (x: Value, block: number): Value => {
    const input = parts.norm(x, block, 'SelfAttention');
    const { mixed } = parts.attend(block, 'SelfAttention', input, input, sizes, bias);
    return parts.feedForward(block, add(x, parts.addition(block, 'SelfAttention', mixed)));
  };
  let x = parts.drop(pass.embedded, 'encoder.embedding');
  for (let block = 0; block < config.num_layers; block++) {
    const from = x;
    x = tensors.layer(() => blockOf(from, block));
  }
  return parts.finalNorm(x);
}

export interface DecoderPass extends Droppers, Sizes {
  /** [batch * length] of int64 */
  tokens: Value;
  /** [batch or 1, length, seen] flat, of int64: buckets of relative positions, backwards */
  buckets: Value;
  bucketRows: Dim;
  /** [batch or 1, 1, length, seen] added to scores: 0 where a token may look */
  mask: Value;
  /** Length of the sources, and what is added to scores of their tokens, [batch, 1, 1, source]. */
  source: Dim;
  sourceMask: Value;
  /** Keys and values of the source in each layer. */
  cross: readonly KeyValue[];
  /** Of earlier tokens, in each layer. */
  past?: readonly KeyValue[];
  /** [M] flat places of the tokens whose states are wanted, each once. */
  wanted: Value;
}

/** T5's decoder: states [M, width] that the head is applied to, and the new tokens' keys and values in each layer. */
export function runDecoder(
  config: T5Config,
  tensors: ModelTensors,
  pass: DecoderPass,
): { states: Value; layers: KeyValue[] } {
  const { batch, length, seen, source } = pass;
  const parts = partsOf(config, tensors, 'decoder', pass);
  const bias = add(
    relativeBias(config, tensors, 'decoder', pass.buckets, [pass.bucketRows, length, seen]),
    pass.mask,
  );
  const layers: KeyValue[] = [];
  const blockOf = (x: Value, block: number): Value => {
    const isLast = block === decoderLayers(config) - 1;
    const onlyWanted = (states: Value) =>
      isLast ? gatherRows(states, pass.wanted, { distinct: true }) : states;
    const input = parts.norm(x, block, 'SelfAttention');
    const own = parts.attend(
      block,
      'SelfAttention',
      input,
      input,
      { batch, length, seen },
      bias,
      pass.past?.[block],
    );
    layers.push(own.fresh);
    const attended = add(x, parts.addition(block, 'SelfAttention', own.mixed));
    const query = parts.norm(attended, block, 'EncDecAttention');
    const looked = parts.look(
      block,
      query,
      pass.cross[block],
      { batch, length, seen: source },
      pass.sourceMask,
    );
    const added = parts.addition(block, 'EncDecAttention', onlyWanted(looked));
    return parts.feedForward(block, add(onlyWanted(attended), added));
  };
  let x = parts.drop(tensors.embed(pass.tokens), 'decoder.embedding');
  for (let block = 0; block < decoderLayers(config); block++) {
    const from = x;
    x = tensors.layer(() => blockOf(from, block));
  }
  const states = parts.finalNorm(x);
  // With one table for both, the head sees smaller states.
  return { states: config.tie_word_embeddings ? mul(states, 1 / Math.sqrt(config.d_model)) : states, layers };
}

/** Keys and values of the source [batch * length, width] for every layer of the decoder. */
export function crossKeys(
  config: T5Config,
  tensors: ModelTensors,
  encoded: Value,
  { batch, length }: Pick<Sizes, 'batch' | 'length'>,
  droppers: Droppers = {},
): KeyValue[] {
  const parts = partsOf(config, tensors, 'decoder', droppers);
  return Array.from({ length: decoderLayers(config) }, (_, block) =>
    parts.keysOf(block, 'EncDecAttention', encoded, batch, length),
  );
}

/** What the blocks of a stack are made of. */
function partsOf(config: T5Config, tensors: ModelTensors, stack: Stack, droppers: Droppers) {
  const { num_heads: heads, d_kv: size } = config;
  const drop = droppers.dropout ?? ((x: Value) => x);
  const norm = (x: Value, name: string) => rmsNorm(x, tensors.weight(name), config.layer_norm_epsilon);
  const project = (block: number, part: Part, name: string, x: Value) =>
    tensors.project(x, projectionTensor(stack, block, part, name), droppers.adapterDropout);
  const split = (x: Value, batch: Dim, length: Dim) =>
    transpose(reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]);
  const keysOf = (block: number, part: Part, x: Value, batch: Dim, length: Dim): KeyValue => ({
    key: split(project(block, part, 'k', x), batch, length),
    value: split(project(block, part, 'v', x), batch, length),
  });
  /** T5 does not scale scores: its weights begin accordingly. */
  const mix = (query: Value, { key, value }: KeyValue, { batch, length }: Sizes, bias: Value) => {
    const shares = softmax(add(matMul(query, key, { transB: true }), bias));
    const mixed = transpose(matMul(shares, value), [0, 2, 1, 3]);
    return reshape(mixed, [multiplyDims([batch, length]), heads * size]);
  };
  return {
    drop,
    keysOf,
    norm: (x: Value, block: number, part: Part) => norm(x, normTensor(stack, block, part)),
    finalNorm: (x: Value) => drop(norm(x, finalNormTensor(stack)), `${stack}.end`),
    attend(
      block: number,
      part: Part,
      query: Value,
      input: Value,
      sizes: Sizes,
      bias: Value,
      past?: KeyValue,
    ): { mixed: Value; fresh: KeyValue } {
      const { batch, length, seen } = sizes;
      const fresh = keysOf(block, part, input, batch, length);
      const whole = past
        ? {
            key: concat([past.key, fresh.key], 2, seen),
            value: concat([past.value, fresh.value], 2, seen),
          }
        : fresh;
      const queries = split(project(block, part, 'q', query), batch, length);
      return { mixed: mix(queries, whole, sizes, bias), fresh };
    },
    /** Attention to the source. */
    look: (block: number, query: Value, keys: KeyValue, sizes: Sizes, mask: Value) =>
      mix(split(project(block, 'EncDecAttention', 'q', query), sizes.batch, sizes.length), keys, sizes, mask),
    addition: (block: number, part: Part, mixed: Value) =>
      drop(project(block, part, 'o', mixed), `${stack}.${block}.${part}`),
    feedForward(block: number, x: Value): Value {
      const part = 'DenseReluDense';
      const inner = relu(project(block, part, 'wi', norm(x, normTensor(stack, block, part))));
      return add(x, drop(project(block, part, 'wo', inner), `${stack}.${block}.${part}`));
    },
  };
}

/** [rows, heads, length, seen] of the buckets [rows * length * seen]. */
function relativeBias(
  { num_heads }: T5Config,
  tensors: ModelTensors,
  stack: Stack,
  buckets: Value,
  [rows, length, seen]: [Dim, Dim, Dim],
): Value {
  const biases = gatherRows(tensors.weight(biasTensor(stack)), buckets);
  return transpose(reshape(biases, [rows, length, seen, num_heads]), [0, 3, 1, 2]);
}
