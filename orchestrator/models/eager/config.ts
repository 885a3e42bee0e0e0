import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import { layerCount } from '../layer-count.ts';
import { schemaProblems } from '../schema-problems.ts';

/** A tree of codes, as far as a model has to know it. */
const stream = z.strictObject({
  name: z.string().min(1),
  /** Nodes on the way to an item, the root left out. */
  levels: z.int().positive(),
  /** All nodes but the root: each has a row. */
  nodes: z.int().positive(),
});

/** `config.json` of an EAGER. Its vocabulary is the catalogue: an item of a history is one token. */
const eagerConfigSchema = z.looseObject({
  model_type: z.literal('eager'),
  vocab_size: z.int().positive(),
  hidden_size: z.int().positive(),
  intermediate_size: z.int().positive(),
  num_encoder_layers: layerCount,
  num_hidden_layers: layerCount,
  num_attention_heads: z.int().positive(),
  max_position_embeddings: z.int().positive(),
  layer_norm_eps: z.number().positive().default(1e-12),
  streams: z.array(stream).min(1),
});

export type EagerConfig = z.infer<typeof eagerConfigSchema>;

export type EagerStream = EagerConfig['streams'][number];

export function parseEagerConfig(value: unknown, place: string): EagerConfig {
  const parsed = eagerConfigSchema.safeParse(value);
  if (parsed.success && parsed.data.hidden_size % parsed.data.num_attention_heads === 0) return parsed.data;
  throw new UserError(
    'model/unsupported-config',
    parsed.success
      ? `${parsed.data.num_attention_heads} heads do not divide hidden_size ${parsed.data.hidden_size}`
      : `is not an EAGER:${schemaProblems(parsed.error)}`,
    { place, remedy: 'Take the folder as the training made it, or train again.' },
  );
}

/** What a decoder reads for one item: a start, the nodes on the way to it, and a token that sums them up. */
export function decodedLength({ levels }: EagerStream): number {
  return levels + 2;
}

/** The rows behind those of a stream's nodes. */
export const startRow = ({ nodes }: EagerStream): number => nodes;
export const summaryRow = ({ nodes }: EagerStream): number => nodes + 1;
