import { headSizes, type LlamaConfig } from './config.ts';

export const projectionNames = [
  'q_proj',
  'k_proj',
  'v_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'down_proj',
] as const;
export type ProjectionName = (typeof projectionNames)[number];

export interface TensorSpec {
  name: string;
  shape: number[];
  kind: 'embedding' | 'projection' | 'norm';
}

export const embeddingName = 'model.embed_tokens.weight';
export const headName = 'lm_head.weight';
export const finalNormName = 'model.norm.weight';
export const layerName = (layer: number, part: string): string => `model.layers.${layer}.${part}.weight`;

/** Where a projection stands inside its layer, as Hugging Face names it. */
export function projectionPath(projection: ProjectionName): string {
  return /^(q|k|v|o)_/.test(projection) ? `self_attn.${projection}` : `mlp.${projection}`;
}

/** [out, in] of a projection. */
export function projectionShape(config: LlamaConfig, projection: ProjectionName): [number, number] {
  const { heads, keyValueHeads, headSize } = headSizes(config);
  const width = config.hidden_size;
  switch (projection) {
    case 'q_proj':
      return [heads * headSize, width];
    case 'k_proj':
    case 'v_proj':
      return [keyValueHeads * headSize, width];
    case 'o_proj':
      return [width, heads * headSize];
    case 'gate_proj':
    case 'up_proj':
      return [config.intermediate_size, width];
    case 'down_proj':
      return [width, config.intermediate_size];
  }
}

/** Every tensor of a LLaMA, by its name in Hugging Face's `model.safetensors`. */
export function tensorSpecs(config: LlamaConfig): TensorSpec[] {
  const width = config.hidden_size;
  const norm = (name: string): TensorSpec => ({ name, shape: [width], kind: 'norm' });
  const specs: TensorSpec[] = [{ name: embeddingName, shape: [config.vocab_size, width], kind: 'embedding' }];
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    specs.push(norm(layerName(layer, 'input_layernorm')), norm(layerName(layer, 'post_attention_layernorm')));
    for (const projection of projectionNames)
      specs.push({
        name: layerName(layer, projectionPath(projection)),
        shape: projectionShape(config, projection),
        kind: 'projection',
      });
  }
  specs.push(norm(finalNormName));
  if (!config.tie_word_embeddings)
    specs.push({ name: headName, shape: [config.vocab_size, width], kind: 'embedding' });
  return specs;
}

export function parameterCount(config: LlamaConfig): number {
  return tensorSpecs(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
