import { type LlamaConfig, parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import type { WeightSource } from '../../orchestrator/models/model.ts';

/** A LLaMA that a reader could compute by hand, with some patience. */
export function tinyConfig(change: Partial<LlamaConfig> = {}): LlamaConfig {
  return parseLlamaConfig(
    {
      model_type: 'llama',
      vocab_size: 11,
      hidden_size: 16,
      intermediate_size: 24,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      tie_word_embeddings: true,
      ...change,
    },
    'tiny',
  );
}

export function int64(values: number[]): BigInt64Array {
  return BigInt64Array.from(values, BigInt);
}

/** What LLaMA's kin have and it has not, by what `config.json` says. */
export const kin: Record<string, Partial<LlamaConfig>> = {
  'biases of queries, keys and values': { model_type: 'qwen2', num_key_value_heads: 2 },
  'norms of queries and keys': { model_type: 'qwen3', num_key_value_heads: 2, head_dim: 6 },
  'layers without positions': {
    model_type: 'smollm3',
    num_key_value_heads: 2,
    no_rope_layers: [1, 0],
    no_rope_layer_interval: 2,
  },
  'a bias in every projection': { attention_bias: true, mlp_bias: true },
};

/** Larger weights than a fresh model's, so that attention and gates are far from flat; biases and norms of heads all unlike. */
export function lively(source: WeightSource): WeightSource {
  return {
    read(name, shape) {
      const fresh = source.read(name, shape);
      if (name.endsWith('_proj.bias')) return fresh.map((_, at) => 0.5 * Math.sin(at + 1));
      if (/[qk]_norm\.weight$/.test(name)) return fresh.map((_, at) => 1 + 0.5 * Math.cos(at + 1));
      return fresh.map((value) => (value === 1 ? 1 : value * 20));
    },
  };
}
