import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import type { ModelConfig } from '../model.ts';
import { schemaProblems } from '../schema-problems.ts';
import { parseT5Config, type T5Config } from '../t5/config.ts';

/** `config.json` of a LIGER: a T5, and what it knows of items beside their codes. */
const ligerConfigSchema = z.looseObject({
  model_type: z.literal('liger'),
  vocab_size: z.int().positive(),
  /** Of the catalogue: each has a vector of its text. */
  items: z.int().positive(),
  text_size: z.int().positive(),
  /** Tokens of a code. */
  code_levels: z.int().positive(),
  /** Of a history, at most. */
  max_items: z.int().positive(),
  temperature: z.number().positive(),
  layer_norm_eps: z.number().positive().default(1e-8),
  backbone: z.looseObject({}),
});

export type LigerConfig = z.infer<typeof ligerConfigSchema> & ModelConfig & { backbone: T5Config };

export function parseLigerConfig(value: unknown, place: string): LigerConfig {
  const parsed = ligerConfigSchema.safeParse(value);
  if (parsed.success) {
    const { backbone, ...own } = parsed.data;
    return { ...own, backbone: parseT5Config({ ...backbone, vocab_size: own.vocab_size }, place) };
  }
  throw new UserError('model/unsupported-config', `is not a LIGER:${schemaProblems(parsed.error)}`, {
    place,
    remedy: 'Take the folder as the training made it, or train again.',
  });
}

/** An item of a source is its number and the tokens of its code: so many in all. */
export const tokensOfItem = ({ code_levels }: Pick<LigerConfig, 'code_levels'>): number => code_levels + 1;
