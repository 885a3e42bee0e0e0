import { z } from 'zod';
import type { Conflict } from '../shared/conflict.ts';

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
    .max(1_000_000)
    .default(2048)
    .describe(
      `tokens of the BPE that is trained when there is no base tokenizer; at most ${largestBpe} then`,
    ),
  extension: z
    .string()
    .min(1)
    .default('item-codes')
    .describe('token families to add: a name in vocab-extensions/, or a path to a YAML file'),
  user_tokens: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe(
      'tokens that stand for users in templates with {user}, each for all whose ids share a hash (2,000 in TIGER); 0 = none, and {user} is empty',
    ),
});

export type VocabularySettings = z.infer<typeof vocabularySettings>;

/** They came later: keys of before, without them, still hold. */
export const laterVocabularySettings = { user_tokens: 0 };

/** Settings that cannot work together, by their place within the section; `trains`: whether a BPE is trained. */
export function* vocabularyConflicts(
  { bpe_vocab_size }: VocabularySettings,
  trains: boolean,
): Generator<Conflict> {
  if (trains && bpe_vocab_size > largestBpe)
    yield {
      path: 'bpe_vocab_size',
      message: `the trainer of the BPE stops at ${largestBpe} tokens, got ${bpe_vocab_size}`,
      remedy: `Set bpe_vocab_size to ${largestBpe} or less, or name a base_tokenizer.`,
    };
}
