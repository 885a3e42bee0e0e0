import type { TensorSpec } from '../model.ts';
import { loraModules } from '../settings.ts';
import { architectureOf, headSizes, type LlamaConfig } from './config.ts';

/** The projections of a layer, in the order of its tensors. */
export const projectionNames = loraModules.llama;
export type ProjectionName = (typeof projectionNames)[number];

export const embeddingName = 'model.embed_tokens.weight';
export const headName = 'lm_head.weight';
export const finalNormName = 'model.norm.weight';
export const layerName = (layer: number, part: string): string => `model.layers.${layer}.${part}.weight`;

/** The tensor of a projection, as Hugging Face names it. */
export function projectionTensor(layer: number, projection: ProjectionName): string {
  return layerName(layer, `${/^(q|k|v|o)_/.test(projection) ? 'self_attn' : 'mlp'}.${projection}`);
}

/** The bias beside the weights of a projection. */
export const biasName = (projection: string): string => projection.replace(/weight$/, 'bias');

export type HeadNormName = 'q_norm' | 'k_norm';
export const headNormTensor = (layer: number, name: HeadNormName): string =>
  layerName(layer, `self_attn.${name}`);

/** Every tensor of the decoder, by its name in Hugging Face's `model.safetensors`. */
export function tensorSpecs(config: LlamaConfig): TensorSpec[] {
  const width = config.hidden_size;
  const shapes = projectionShapes(config);
  // Projections into the residual stream begin smaller, by 1 / sqrt(2 layers).
  const residual = 1 / Math.sqrt(2 * config.num_hidden_layers);
  const table = (name: string): TensorSpec => ({
    name,
    shape: [config.vocab_size, width],
    kind: 'embedding',
    deviation: 0.02,
  });
  const norm = (name: string, size = width): TensorSpec => ({
    name,
    shape: [size],
    kind: 'norm',
    deviation: 0,
  });
  const { biased, headNorms } = architectureOf(config);
  const withBias = new Set<ProjectionName>(biased(config));
  const specs: TensorSpec[] = [table(embeddingName)];
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    specs.push(norm(layerName(layer, 'input_layernorm')), norm(layerName(layer, 'post_attention_layernorm')));
    for (const module of projectionNames) {
      const name = projectionTensor(layer, module);
      const shape = shapes[module];
      const deviation = 0.02 * (/^(o|down)_/.test(module) ? residual : 1);
      specs.push({ name, shape, kind: 'projection', module, deviation });
      if (withBias.has(module))
        specs.push({ name: biasName(name), shape: [shape[0]], kind: 'bias', deviation: 0 });
    }
    if (headNorms)
      for (const name of ['q_norm', 'k_norm'] as const)
        specs.push(norm(headNormTensor(layer, name), headSizes(config).headSize));
  }
  specs.push(norm(finalNormName));
  if (!config.tie_word_embeddings) specs.push(table(headName));
  return specs;
}

/** [out, in] of each projection. */
function projectionShapes(config: LlamaConfig): Record<ProjectionName, [number, number]> {
  const { heads, keyValueHeads, headSize } = headSizes(config);
  const [width, inner] = [config.hidden_size, config.intermediate_size];
  return {
    q_proj: [heads * headSize, width],
    k_proj: [keyValueHeads * headSize, width],
    v_proj: [keyValueHeads * headSize, width],
    o_proj: [width, heads * headSize],
    gate_proj: [inner, width],
    up_proj: [inner, width],
    down_proj: [width, inner],
  };
}
