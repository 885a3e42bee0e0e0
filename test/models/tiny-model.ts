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

/** Larger weights than a fresh model's, so that attention and gates are far from flat. */
export function lively(source: WeightSource): WeightSource {
  return { read: (name, shape) => source.read(name, shape).map((value) => (value === 1 ? 1 : value * 20)) };
}
