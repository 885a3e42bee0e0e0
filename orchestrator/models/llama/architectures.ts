import type { loraModules } from '../settings.ts';

type Projection = (typeof loraModules.llama)[number];

interface Biases {
  attention_bias?: boolean | undefined;
  mlp_bias?: boolean | undefined;
}

/** A decoder that is a LLaMA but for what stands here. */
export interface Architecture {
  /** For people. */
  title: string;
  /** Its class in transformers. */
  className: string;
  /** What transformers takes where `config.json` does not say it. */
  defaults: Readonly<Record<string, unknown>>;
  ropeTheta: number;
  /** Projections that add a bias. */
  biased(told: Biases): readonly Projection[];
  /** RMSNorm of each head's queries and keys, before they are turned. */
  headNorms: boolean;
}

const asTold = ({ attention_bias, mlp_bias }: Biases): Projection[] => [
  ...(attention_bias ? (['q_proj', 'k_proj', 'v_proj', 'o_proj'] as const) : []),
  ...(mlp_bias ? (['gate_proj', 'up_proj', 'down_proj'] as const) : []),
];

/** By `model_type`. Sources: Touvron et al. 2023; Yang et al. 2024 and 2025 (Qwen2, Qwen3); Bakouch et al. 2025 (SmolLM3). */
export const architectures = {
  llama: {
    title: 'LLaMA',
    className: 'LlamaForCausalLM',
    defaults: {},
    ropeTheta: 10_000,
    biased: asTold,
    headNorms: false,
  },
  qwen2: {
    title: 'Qwen2',
    className: 'Qwen2ForCausalLM',
    defaults: { max_position_embeddings: 32_768, num_key_value_heads: 32 },
    ropeTheta: 10_000,
    biased: () => ['q_proj', 'k_proj', 'v_proj'],
    headNorms: false,
  },
  qwen3: {
    title: 'Qwen3',
    className: 'Qwen3ForCausalLM',
    defaults: { max_position_embeddings: 32_768, num_key_value_heads: 32, head_dim: 128 },
    ropeTheta: 10_000,
    biased: asTold,
    headNorms: true,
  },
  smollm3: {
    title: 'SmolLM3',
    className: 'SmolLM3ForCausalLM',
    // Every fourth layer has no positions (Yang et al. 2025, NoPE).
    defaults: {
      max_position_embeddings: 32_768,
      num_key_value_heads: 4,
      no_rope_layer_interval: 4,
      tie_word_embeddings: true,
    },
    ropeTheta: 2_000_000,
    biased: asTold,
    headNorms: false,
  },
} satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof architectures;
export const architectureNames = Object.keys(architectures) as [ArchitectureName, ...ArchitectureName[]];
