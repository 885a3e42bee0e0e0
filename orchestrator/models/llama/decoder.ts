import {
  add,
  concat,
  gatherRows,
  matMul,
  mul,
  reshape,
  rmsNorm,
  rotary,
  silu,
  softmax,
  transpose,
} from '../../engine/functions.ts';
import { constant } from '../../engine/graph.ts';
import { multiplyDims } from '../../engine/shapes.ts';
import type { Dim, Value } from '../../engine/types.ts';
import type { Dropper } from '../dropout-sites.ts';
import type { ModelTensors } from '../model.ts';
import { architectureOf, headSizes, isTurned, type LlamaConfig } from './config.ts';
import { ropeTables } from './rope.ts';
import {
  biasName,
  finalNormName,
  type HeadNormName,
  headNormTensor,
  layerName,
  type ProjectionName,
  projectionTensor,
} from './tensors.ts';

/** One pass of the decoder over `length` new tokens of each of `batch` sequences. */
export interface DecoderPass {
  batch: Dim;
  length: Dim;
  /** [batch * length, hidden] embedded tokens */
  embedded: Value;
  /** [batch, length] of int64 */
  positions: Value;
  /** [1 or batch, 1, 1, length, seen] added to the attention scores: 0 where a token may look, very negative elsewhere */
  mask: Value;
  /** Positions that can occur: [0, longest). */
  longest: number;
  /** Keys and values of earlier tokens, [batch, kv heads, past, head size] a layer, and the size of past + length. */
  past?: { layers: KeyValue[]; seen: Dim };
  /**
   * [M] flat places of the tokens whose states are wanted, each once, all by default: the others end with their last keys
   * and values.
   */
  wanted?: Value;
  /** Applied to what attention and MLP add to the residual stream, by site name; training only. */
  dropout?: Dropper | undefined;
  /** Applied to the inputs of adapters; training only. */
  adapterDropout?: Dropper | undefined;
}

export interface KeyValue {
  key: Value;
  value: Value;
}

export interface DecoderResult {
  /** [batch * length or M, hidden] after the final norm */
  hidden: Value;
  /** Keys and values of the new tokens, a layer each. */
  layers: KeyValue[];
  /** The same behind those of the past. */
  seen: KeyValue[];
}

/**
 * LLaMA's decoder stack (Touvron et al. 2023): pre-norm by RMSNorm, rotary positions, grouped-query attention
 * (Ainslie et al. 2023), SwiGLU; with the biases, norms of heads and layers without positions of its kin where the
 * config asks for them. One definition serves training, prompts and beams.
 */
export function runDecoder(config: LlamaConfig, tensors: ModelTensors, pass: DecoderPass): DecoderResult {
  const tables = ropeTables(config, pass.longest);
  const half = headSizes(config).headSize / 2;
  const rope = {
    cos: constant(tables.cos, [pass.longest, half]),
    sin: constant(tables.sin, [pass.longest, half]),
  };
  const drop = pass.dropout ?? ((x: Value) => x);
  const norm = (x: Value, name: string) => rmsNorm(x, tensors.weight(name), config.rms_norm_eps);
  const { biased, headNorms } = architectureOf(config);
  const withBias = new Set<ProjectionName>(biased(config));
  const layers: KeyValue[] = [];
  const seen: KeyValue[] = [];
  const layerOf = (x: Value, layer: number): Value => {
    const isLast = layer === config.num_hidden_layers - 1;
    const onlyWanted = (states: Value) =>
      isLast && pass.wanted ? gatherRows(states, pass.wanted, { distinct: true }) : states;
    const project = (input: Value, projection: ProjectionName) => {
      const name = projectionTensor(layer, projection);
      const product = tensors.project(input, name, pass.adapterDropout);
      return withBias.has(projection) ? add(product, tensors.weight(biasName(name))) : product;
    };
    const { mixed, ...keys } = attention(config, norm(x, layerName(layer, 'input_layernorm')), pass, layer, {
      project,
      headNorm: headNorms ? (heads, name) => norm(heads, headNormTensor(layer, name)) : null,
      rope: isTurned(config, layer) ? rope : null,
    });
    layers.push(keys.fresh);
    seen.push(keys.seen);
    const attended = project(onlyWanted(mixed), 'o_proj');
    const middle = add(onlyWanted(x), drop(attended, `${layer}.attention`));
    const inner = norm(middle, layerName(layer, 'post_attention_layernorm'));
    const gated = mul(silu(project(inner, 'gate_proj')), project(inner, 'up_proj'));
    return add(middle, drop(project(gated, 'down_proj'), `${layer}.mlp`));
  };
  let x = drop(pass.embedded, 'embedding');
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const from = x;
    x = tensors.layer(() => layerOf(from, layer));
  }
  return { hidden: norm(x, finalNormName), layers, seen };
}

interface AttentionParts {
  project: (input: Value, projection: ProjectionName) => Value;
  /** Of heads [n, head size]; null: they stay as they are. */
  headNorm: ((heads: Value, name: HeadNormName) => Value) | null;
  /** null: positions do not count. */
  rope: { cos: Value; sin: Value } | null;
}

function attention(
  config: LlamaConfig,
  x: Value,
  { batch, length, positions, mask, past }: DecoderPass,
  layer: number,
  { project, headNorm, rope }: AttentionParts,
): { mixed: Value; fresh: KeyValue; seen: KeyValue } {
  const { heads, keyValueHeads, headSize } = headSizes(config);
  const group = heads / keyValueHeads;
  const tokens = multiplyDims([batch, length]);
  const split = (projected: Value, count: number) =>
    transpose(reshape(projected, [batch, length, count, headSize]), [0, 2, 1, 3]);
  const normed = (projected: Value, count: number, name: HeadNormName) =>
    headNorm ? headNorm(reshape(projected, [multiplyDims([tokens, count]), headSize]), name) : projected;
  const turn = (projected: Value, count: number) => {
    if (!rope) return split(projected, count);
    if (!past) return rotary(split(projected, count), positions, rope.cos, rope.sin);
    // A tree of beams may hold more tokens than there are positions, and the kernel forbids that of a sequence:
    // each token is turned as a sequence of its own.
    const alone = reshape(projected, [tokens, count, 1, headSize]);
    const turned = rotary(alone, reshape(positions, [tokens, 1]), rope.cos, rope.sin);
    return split(turned, count);
  };
  const query = turn(normed(project(x, 'q_proj'), heads, 'q_norm'), heads);
  const fresh = {
    key: turn(normed(project(x, 'k_proj'), keyValueHeads, 'k_norm'), keyValueHeads),
    value: split(project(x, 'v_proj'), keyValueHeads),
  };
  const seen = past?.seen ?? length;
  const key = past ? concat([past.layers[layer].key, fresh.key], 2, seen) : fresh.key;
  const value = past ? concat([past.layers[layer].value, fresh.value], 2, seen) : fresh.value;
  // Queries that share a key head stand below each other, so that keys and values are never repeated.
  const rows = multiplyDims([group, length]);
  const scores = matMul(reshape(query, [batch, keyValueHeads, rows, headSize]), key, {
    transB: true,
    alpha: 1 / Math.sqrt(headSize),
  });
  const masked = add(reshape(scores, [batch, keyValueHeads, group, length, seen]), mask);
  const shares = reshape(softmax(masked), [batch, keyValueHeads, rows, seen]);
  const apart = reshape(matMul(shares, value), [batch, heads, length, headSize]);
  const mixed = reshape(transpose(apart, [0, 2, 1, 3]), [tokens, heads * headSize]);
  return { mixed, fresh, seen: { key, value } };
}
