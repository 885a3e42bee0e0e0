import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { layerCount } from '../layer-count.ts';
import { schemaProblems } from '../schema-problems.ts';
import { type Architecture, architectureNames, architectures } from './architectures.ts';
import { ropeScalingSchema } from './rope-scaling.ts';

/** A value that the implementation assumes; anything else is an error. */
const only = <T extends string | boolean>(value: T) =>
  z.literal(value, {
    error: ({ input }) => `expected ${JSON.stringify(value)}, got ${JSON.stringify(input) ?? 'nothing'}`,
  });

/** The parts of a Hugging Face `config.json` that decide the computation of a LLaMA or its kin, under their names there. */
const llamaConfigSchema = z.looseObject({
  model_type: z.enum(architectureNames),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  num_hidden_layers: layerCount,
  num_attention_heads: z.int().positive(),
  num_key_value_heads: z.int().positive().nullish(),
  head_dim: z.int().positive().nullish(),
  rms_norm_eps: z.number().positive().default(1e-6),
  rope_theta: z.number().positive().optional(),
  rope_scaling: ropeScalingSchema.nullish(),
  /** Newer files keep both of the above here. */
  rope_parameters: ropeScalingSchema.nullish(),
  max_position_embeddings: z.int().positive().default(2048),
  tie_word_embeddings: z.boolean().default(false),
  hidden_act: only('silu').default('silu'),
  attention_bias: z.boolean().optional(),
  mlp_bias: z.boolean().optional(),
  use_sliding_window: only(false).optional(),
  layer_types: z.array(only('full_attention')).nullish(),
  /** 0: the layer does not turn its queries and keys. */
  no_rope_layers: z.array(z.int()).nullish(),
  /** Without such a list: every n-th layer does not. */
  no_rope_layer_interval: z.int().positive().optional(),
  quantization_config: z
    .null({ error: 'the weights are quantised; expected float32, float16 or bfloat16' })
    .optional(),
  partial_rotary_factor: z
    .literal(1, { error: 'rotary positions on a part of each head are not computed here; expected 1' })
    .optional(),
});

export type LlamaConfig = z.infer<typeof llamaConfigSchema>;

/** Anything that is no such decoder is a UserError with all that does not fit. */
export function parseLlamaConfig(value: unknown, place: string): LlamaConfig {
  const told = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const architecture = architectureNames.find((name) => name === told.model_type) ?? 'llama';
  const { title, defaults } = architectures[architecture];
  const parsed = llamaConfigSchema.safeParse({ ...defaults, ...told });
  if (!parsed.success)
    throw new UserError(
      'model/unsupported-config',
      `is not a ${title} that this engine supports:${schemaProblems(parsed.error)}`,
      {
        place,
        remedy: `Use another model of these types: ${architectureNames.join(', ')}; LLaMA 2, LLaMA 3, SmolLM2, Qwen2.5 and Qwen3, for example.`,
      },
    );
  const config = parsed.data;
  const problem = headProblem(config) ?? layerProblem(config);
  if (problem)
    throw new UserError('model/unsupported-config', problem, {
      place,
      remedy: 'Correct the sizes of the model.',
    });
  return config;
}

export function architectureOf(config: LlamaConfig): Architecture {
  return architectures[config.model_type];
}

/** Are queries and keys of a layer turned by their positions? */
export function isTurned({ no_rope_layers, no_rope_layer_interval }: LlamaConfig, layer: number): boolean {
  if (no_rope_layers) return no_rope_layers[layer] !== 0;
  return no_rope_layer_interval === undefined || (layer + 1) % no_rope_layer_interval !== 0;
}

/** Sizes that follow from the config. */
export function headSizes(config: LlamaConfig): { heads: number; keyValueHeads: number; headSize: number } {
  const heads = config.num_attention_heads;
  return {
    heads,
    keyValueHeads: config.num_key_value_heads ?? heads,
    headSize: config.head_dim ?? config.hidden_size / heads,
  };
}

function headProblem(config: LlamaConfig): string | null {
  const { heads, keyValueHeads, headSize } = headSizes(config);
  if (heads % keyValueHeads !== 0)
    return `num_attention_heads (${heads}) is not a multiple of num_key_value_heads (${keyValueHeads})`;
  if (!Number.isInteger(headSize) || headSize % 2 !== 0)
    return `hidden_size ${config.hidden_size} over ${heads} heads gives heads of ${headSize}, which has to be an even whole number`;
  return null;
}

function layerProblem({ no_rope_layers, num_hidden_layers }: LlamaConfig): string | null {
  if (!no_rope_layers || no_rope_layers.length >= num_hidden_layers) return null;
  return `no_rope_layers names ${no_rope_layers.length} layers, and num_hidden_layers is ${num_hidden_layers}`;
}
