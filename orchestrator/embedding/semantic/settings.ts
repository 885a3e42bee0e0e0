import { z } from 'zod';
import type { Conflict } from '../../shared/conflict.ts';
import { distinct } from '../../shared/distinct.ts';
import { vectorsPath } from '../given/settings.ts';

/** The names of the encoders in `encoders.ts`. */
const semanticEncoders = ['lsa', 'transformers', 'base-model'] as const;
export type SemanticEncoderName = (typeof semanticEncoders)[number];

export const textFields = ['title', 'description', 'categories', 'brand', 'keywords'] as const;
export type TextField = (typeof textFields)[number];

/** How the texts of items become vectors. */
export const semanticSettings = z.strictObject({
  encoder: z
    .enum(semanticEncoders)
    .default('lsa')
    .describe('TF-IDF and truncated SVD; a feature-extraction model; or the mean hidden state of the base'),
  model: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('folder or hub id of the feature-extraction model (encoder: transformers)'),
  query_prefix: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'put before every request that is compared with items, such as "query: " for E5 (transformers)',
    ),
  text_prefix: z
    .string()
    .nullable()
    .default(null)
    .describe('put before every text of an item, such as "passage: " for E5 (transformers)'),
  dimensions: z.int().min(1).max(4096).default(64).describe('numbers in the vector of an item (lsa)'),
  fields: distinct(z.enum(textFields))
    .min(1)
    .default([...textFields])
    .describe('texts of an item that are read'),
  unit_length: z
    .boolean()
    .default(true)
    .describe(
      'every vector is brought to length 1; false = the mean over the fields as it is, as published for EAGER-LLM, LC-Rec and LETTER (base-model, path)',
    ),
  path: vectorsPath.describe(
    'vectors made elsewhere, instead of an encoder: .parquet with item_id and embedding, or .npy or .safetensors with the ids beside it (NAME.ids.txt)',
  ),
});

export type SemanticSettings = z.infer<typeof semanticSettings>;

/** They came later: keys of before, without them, still hold. What requests begin with changes no vector of an item. */
export const laterSemanticSettings = { query_prefix: null, text_prefix: null, unit_length: true };

/** Settings that cannot work together, by their place within the section. */
export function* semanticConflicts({
  encoder,
  model,
  path,
  query_prefix,
  text_prefix,
  unit_length,
}: SemanticSettings): Generator<Conflict> {
  if (!unit_length && encoder !== 'base-model' && path === null)
    yield {
      path: 'unit_length',
      message: `${encoder} gives vectors of length 1, and unit_length is false`,
      remedy: 'Choose encoder: base-model, or unit_length: true.',
    };
  if (path !== null) {
    if (encoder !== 'lsa' || model !== null)
      yield {
        path: 'path',
        message: `vectors are given, and the encoder is ${encoder}${model === null ? '' : ' with a model'}`,
        remedy: 'Remove embedding.semantic.path, or encoder and model.',
      };
    return;
  }
  if (encoder === 'transformers' && model === null)
    yield {
      path: 'encoder',
      message: 'transformers needs a feature-extraction model',
      remedy: 'Set embedding.semantic.model to a folder or hub id, or choose encoder: lsa.',
    };
  for (const [name, prefix] of Object.entries({ query_prefix, text_prefix }))
    if (encoder !== 'transformers' && prefix !== null)
      yield {
        path: name,
        message: `a prefix is given, but the encoder is ${encoder}`,
        remedy: `Choose encoder: transformers, or remove ${name}.`,
      };
  if (encoder !== 'transformers' && model !== null)
    yield {
      path: 'model',
      message: `a model is named, but the encoder is ${encoder}`,
      remedy: 'Choose encoder: transformers, or remove the model.',
    };
}
