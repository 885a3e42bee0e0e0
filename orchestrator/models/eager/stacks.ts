import {
  add,
  gatherRows,
  layerNorm,
  matMul,
  mul,
  reshape,
  silu,
  softmax,
  transpose,
} from '../../engine/functions.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import type { Dropper } from '../dropout-sites.ts';
import type { ModelTensors } from '../model.ts';
import type { EagerConfig, EagerStream } from './config.ts';
import { decoderOf, encoderName, itemsTensor, nodesTensor, positionsTensor } from './tensors.ts';

/** Tokens of a stack: flat [batch * length] of int64, and the place of each, by which it gets its position row. */
interface Tokens {
  batch: Dim;
  length: Dim;
  tokens: Value;
  positions: Value;
  /** Added to scores, broadcast to [batch, heads, length, length]: very negative where a token must not look */
  mask: Value;
  dropout?: Dropper | undefined;
}

/** States of histories, and what hides their padding. */
export interface Encoded {
  states: Value;
  length: Dim;
  mask: Value;
}

interface Attention {
  query: Value;
  seen: Value;
  batch: Dim;
  length: Dim;
  seenLength: Dim;
  mask: Value;
}

/** The encoder that both streams share, a BERT (Devlin et al. 2019) over items: states [batch * length, width]. */
export function encode(config: EagerConfig, tensors: ModelTensors, pass: Tokens): Encoded {
  const { batch, length, mask } = pass;
  const parts = partsOf(config, tensors, pass.dropout);
  let x = parts.embed(encoderName, itemsTensor, pass);
  for (let layer = 0; layer < config.num_encoder_layers; layer++) {
    const name = `${encoderName}.layers.${layer}`;
    const from = x;
    x = tensors.layer(() => {
      const self = { query: from, seen: from, batch, length, seenLength: length, mask };
      return parts.feedForward(`${name}.forward`, parts.attend(`${name}.self`, self));
    });
  }
  return { states: x, length, mask };
}

/** The decoder of one stream over nodes of its tree: states [batch * length, width]. */
export function decode(
  config: EagerConfig,
  tensors: ModelTensors,
  { name: stream }: EagerStream,
  pass: Tokens,
  encoded: Encoded,
): Value {
  const { batch, length, mask } = pass;
  const stack = decoderOf(stream);
  const parts = partsOf(config, tensors, pass.dropout);
  let x = parts.embed(stack, nodesTensor(stream), pass);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const name = `${stack}.layers.${layer}`;
    const from = x;
    x = tensors.layer(() => {
      const own = { batch, length, query: from, seen: from, seenLength: length, mask };
      const attended = parts.attend(`${name}.self`, own);
      const { states: seen, length: seenLength, mask: seenMask } = encoded;
      const cross = { batch, length, query: attended, seen, seenLength, mask: seenMask };
      return parts.feedForward(`${name}.forward`, parts.attend(`${name}.cross`, cross));
    });
  }
  return x;
}

/** What the layers of all stacks are made of: normalised behind each part, as in BERT. */
function partsOf(config: EagerConfig, tensors: ModelTensors, dropout: Dropper | undefined) {
  const { num_attention_heads: heads, hidden_size: width } = config;
  const size = width / heads;
  const drop = dropout ?? ((x: Value) => x);
  const linear = (x: Value, name: string) =>
    add(tensors.project(x, `${name}.weight`), tensors.weight(`${name}.bias`));
  const norm = (x: Value, name: string) =>
    layerNorm(x, tensors.weight(`${name}.weight`), tensors.weight(`${name}.bias`), config.layer_norm_eps);
  const split = (x: Value, batch: Dim, length: Dim) =>
    transpose(reshape(x, [batch, length, heads, size]), [0, 2, 1, 3]);
  return {
    embed(stack: string, table: string, { tokens, positions }: Tokens): Value {
      const rows = gatherRows(tensors.weight(table), tokens);
      const places = gatherRows(tensors.weight(positionsTensor(stack)), positions);
      return drop(norm(add(rows, places), `${stack}.norm`), `${stack}.embedding`);
    },
    attend(name: string, { query, seen, batch, length, seenLength, mask }: Attention): Value {
      const queries = split(linear(query, `${name}.query`), batch, length);
      const keys = split(linear(seen, `${name}.key`), batch, seenLength);
      const values = split(linear(seen, `${name}.value`), batch, seenLength);
      const scores = matMul(queries, keys, { transB: true, alpha: 1 / Math.sqrt(size) });
      const mixed = transpose(matMul(softmax(add(scores, mask)), values), [0, 2, 1, 3]);
      const flat = reshape(mixed, [multiplyDims([batch, length]), width]);
      return norm(add(query, drop(linear(flat, `${name}.output`), name)), `${name}.norm`);
    },
    feedForward(name: string, x: Value): Value {
      const inner = gelu(linear(x, `${name}.up`));
      return norm(add(x, drop(linear(inner, `${name}.down`), name)), `${name}.norm`);
    },
  };
}

/** By its sigmoid approximation (Hendrycks and Gimpel 2016, section 2). */
export function gelu(x: Value): Value {
  return mul(silu(mul(x, 1.702)), 1 / 1.702);
}
