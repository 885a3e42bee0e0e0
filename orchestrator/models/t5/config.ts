import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { layerCount } from '../layer-count.ts';
import { schemaProblems } from '../schema-problems.ts';

const relu = z.literal('relu', {
  error: ({ input }) => `${JSON.stringify(input)} is not computed here; expected "relu" (T5 1.0)`,
});

/** The parts of a Hugging Face T5 `config.json` that decide the computation, under their names there. */
const t5ConfigSchema = z.looseObject({
  model_type: z.literal('t5'),
  vocab_size: z.int().positive(),
  d_model: z.int().positive(),
  d_kv: z.int().positive(),
  d_ff: z.int().positive(),
  num_layers: layerCount,
  num_decoder_layers: layerCount.nullish(),
  num_heads: z.int().positive(),
  relative_attention_num_buckets: z.int().min(4).default(32),
  relative_attention_max_distance: z.int().positive().default(128),
  layer_norm_epsilon: z.number().positive().default(1e-6),
  feed_forward_proj: relu.default('relu'),
  tie_word_embeddings: z.boolean().default(true),
  scale_decoder_outputs: z.boolean().nullish(),
  decoder_start_token_id: z.int().nonnegative().default(0),
  quantization_config: z
    .null({ error: 'the weights are quantised; expected float32, float16 or bfloat16' })
    .optional(),
});

export type T5Config = z.infer<typeof t5ConfigSchema>;

/** Anything that is not a T5 of the first version is a UserError with all that does not fit. */
export function parseT5Config(value: unknown, place: string): T5Config {
  const parsed = t5ConfigSchema.safeParse(value);
  if (!parsed.success)
    throw new UserError(
      'model/unsupported-config',
      `is not a T5 that this engine supports:${schemaProblems(parsed.error)}`,
      {
        place,
        remedy:
          'Use a T5 of the first version (model_type "t5", feed_forward_proj "relu"), such as an export of eager-llm.',
      },
    );
  const { data } = parsed;
  if (data.relative_attention_max_distance <= data.relative_attention_num_buckets / 2)
    throw new UserError(
      'model/unsupported-config',
      `relative_attention_max_distance ${data.relative_attention_max_distance} is too small for ${data.relative_attention_num_buckets} buckets`,
      { place, remedy: 'Correct the sizes of the model.' },
    );
  // transformers 5 writes every T5 as tied, and says here whether it is.
  return data.scale_decoder_outputs === false ? { ...data, tie_word_embeddings: false } : data;
}

export function decoderLayers({ num_layers, num_decoder_layers }: T5Config): number {
  return num_decoder_layers ?? num_layers;
}
