import type { TensorSpec } from '../model.ts';
import { decoderLayers, type T5Config } from './config.ts';

export const embeddingName = 'shared.weight';
export const headName = 'lm_head.weight';

export type Stack = 'encoder' | 'decoder';

/** Where a block's parts stand, as Hugging Face names them. */
const parts = {
  SelfAttention: { encoder: 0, decoder: 0 },
  EncDecAttention: { encoder: -1, decoder: 1 },
  DenseReluDense: { encoder: 1, decoder: 2 },
} as const;

export type Part = keyof typeof parts;

export const projectionTensor = (stack: Stack, block: number, part: Part, name: string): string =>
  `${stack}.block.${block}.layer.${parts[part][stack]}.${part}.${name}.weight`;
export const normTensor = (stack: Stack, block: number, part: Part): string =>
  `${stack}.block.${block}.layer.${parts[part][stack]}.layer_norm.weight`;
export const finalNormTensor = (stack: Stack): string => `${stack}.final_layer_norm.weight`;
/** Of the first block; the others add the same bias. */
export const biasTensor = (stack: Stack): string =>
  projectionTensor(stack, 0, 'SelfAttention', 'relative_attention_bias');

/** Every tensor of a T5, by its name in Hugging Face's `model.safetensors`; weights from scratch as transformers draws them. */
export function tensorSpecs(config: T5Config): TensorSpec[] {
  const { d_model: width, d_kv, d_ff, num_heads, vocab_size } = config;
  const inner = num_heads * d_kv;
  const table = (name: string): TensorSpec => ({
    name,
    shape: [vocab_size, width],
    kind: 'embedding',
    deviation: 1,
  });
  const norm = (name: string): TensorSpec => ({ name, shape: [width], kind: 'norm', deviation: 0 });
  const attention = (stack: Stack, block: number, part: Part): TensorSpec[] => {
    const projection = (module: string, shape: [number, number], deviation: number): TensorSpec => ({
      name: projectionTensor(stack, block, part, module),
      shape,
      kind: 'projection',
      module,
      deviation,
    });
    return [
      projection('q', [inner, width], 1 / Math.sqrt(width * d_kv)),
      projection('k', [inner, width], 1 / Math.sqrt(width)),
      projection('v', [inner, width], 1 / Math.sqrt(width)),
      projection('o', [width, inner], 1 / Math.sqrt(inner)),
    ];
  };
  const specs = [table(embeddingName)];
  for (const stack of ['encoder', 'decoder'] as const) {
    const layers = stack === 'encoder' ? config.num_layers : decoderLayers(config);
    for (let block = 0; block < layers; block++) {
      specs.push(...attention(stack, block, 'SelfAttention'));
      if (block === 0)
        specs.push({
          name: biasTensor(stack),
          shape: [config.relative_attention_num_buckets, num_heads],
          kind: 'projection',
          deviation: 1 / Math.sqrt(width),
        });
      specs.push(norm(normTensor(stack, block, 'SelfAttention')));
      if (stack === 'decoder')
        specs.push(
          ...attention(stack, block, 'EncDecAttention'),
          norm(normTensor(stack, block, 'EncDecAttention')),
        );
      const dense = (module: string, shape: [number, number]): TensorSpec => ({
        name: projectionTensor(stack, block, 'DenseReluDense', module),
        shape,
        kind: 'projection',
        module,
        deviation: 1 / Math.sqrt(shape[1]),
      });
      specs.push(
        dense('wi', [d_ff, width]),
        dense('wo', [width, d_ff]),
        norm(normTensor(stack, block, 'DenseReluDense')),
      );
    }
    specs.push(norm(finalNormTensor(stack)));
  }
  if (!config.tie_word_embeddings) specs.push(table(headName));
  return specs;
}
