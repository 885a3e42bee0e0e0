import {
  architectureOf,
  headSizes,
  isTurned,
  type LlamaConfig,
} from '../../orchestrator/models/llama/config.ts';
import {
  biasName,
  embeddingName,
  finalNormName,
  headName,
  headNormTensor,
  layerName,
  type ProjectionName,
  projectionTensor,
  tensorSpecs,
} from '../../orchestrator/models/llama/tensors.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';
import { dot, matVec, plus, type Row, softmaxRow } from './rows.ts';

/** Logits [length][vocabulary]. */
export function referenceLogits(config: LlamaConfig, source: WeightSource, tokens: number[]): Row[] {
  const shape = [config.vocab_size, config.hidden_size];
  const head = source.read(config.tie_word_embeddings ? embeddingName : headName, shape);
  return referenceStates(config, source, tokens).map((x) => matVec(head, shape, x));
}

/**
 * LLaMA and its kin written down plainly, one token after the other, plain rotary positions: hidden states after the final norm,
 * [length][hidden].
 */
export function referenceStates(config: LlamaConfig, source: WeightSource, tokens: number[]): Row[] {
  const width = config.hidden_size;
  const { heads, keyValueHeads, headSize } = headSizes(config);
  const embedding = source.read(embeddingName, [config.vocab_size, width]);
  const shapes = new Map(tensorSpecs(config).map(({ name, shape }) => [name, [...shape]]));
  const matrixTimes = (name: string, x: Row) => {
    const shape = shapes.get(name)!;
    return matVec(source.read(name, shape), shape, x);
  };
  const { biased, headNorms } = architectureOf(config);
  const project = (x: Row, layer: number, projection: ProjectionName) => {
    const name = projectionTensor(layer, projection);
    const product = matrixTimes(name, x);
    if (!biased(config).includes(projection)) return product;
    return plus(product, [...source.read(biasName(name), [product.length])]);
  };
  const norm = (x: Row, name: string) => {
    const weight = source.read(name, [x.length]);
    const scale =
      1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + config.rms_norm_eps);
    return x.map((value, at) => value * scale * weight[at]);
  };
  let states = tokens.map((token) => [...embedding.subarray(token * width, (token + 1) * width)]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const normed = states.map((x) => norm(x, layerName(layer, 'input_layernorm')));
    const split = (x: Row, count: number) =>
      Array.from({ length: count }, (_, head) => x.slice(head * headSize, (head + 1) * headSize));
    const placed = (x: Row, t: number, part: 'q' | 'k', count: number) =>
      split(project(x, layer, `${part}_proj`), count)
        .map((h) => (headNorms ? norm(h, headNormTensor(layer, `${part}_norm`)) : h))
        .map((h) => (isTurned(config, layer) ? rotate(h, t, config) : h));
    const q = normed.map((x, t) => placed(x, t, 'q', heads));
    const k = normed.map((x, t) => placed(x, t, 'k', keyValueHeads));
    const v = normed.map((x) => split(project(x, layer, 'v_proj'), keyValueHeads));
    states = states.map((x, t) => {
      const joined: Row = [];
      for (let head = 0; head < heads; head++) {
        const shared = Math.floor((head * keyValueHeads) / heads);
        const scores = q.slice(0, t + 1).map((_, s) => dot(q[t][head], k[s][shared]) / Math.sqrt(headSize));
        const shares = softmaxRow(scores);
        for (let at = 0; at < headSize; at++)
          joined.push(shares.reduce((sum, share, s) => sum + share * v[s][shared][at], 0));
      }
      return plus(x, project(joined, layer, 'o_proj'));
    });
    states = states.map((x) => {
      const inner = norm(x, layerName(layer, 'post_attention_layernorm'));
      const up = project(inner, layer, 'up_proj');
      const gated = project(inner, layer, 'gate_proj').map(
        (gate, at) => (gate / (1 + Math.exp(-gate))) * up[at],
      );
      return plus(x, project(gated, layer, 'down_proj'));
    });
  }
  return states.map((x) => norm(x, finalNormName));
}

function rotate(x: Row, position: number, config: LlamaConfig): Row {
  const half = x.length / 2;
  return x.map((value, at) => {
    const angle =
      position * (config.rope_theta ?? architectureOf(config).ropeTheta) ** ((-2 * (at % half)) / x.length);
    const partner = at < half ? -x[at + half] : x[at - half];
    return value * Math.cos(angle) + partner * Math.sin(angle);
  });
}
