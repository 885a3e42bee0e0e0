import { z } from 'zod';

/** The Rust trainer, as the Node binding offers it, stops there. */
export const largestBpe = 30_000;

/** The tokenizer, and the tokens added to it. */
export const vocabularySettings = z.strictObject({
  base_tokenizer: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("folder or hub id of a tokenizer; null = the base model's, or a BPE trained on the catalogue"),
  bpe_vocab_size: z
    .int()
    .min(300)
    .max(largestBpe)
    .default(2048)
    .describe('tokens of the BPE that is trained when there is no base tokenizer'),
  extension: z
    .string()
    .min(1)
    .default('item-codes')
    .describe('token families to add: a name in vocab-extensions/, or a path to a YAML file'),
});

export type VocabularySettings = z.infer<typeof vocabularySettings>;
