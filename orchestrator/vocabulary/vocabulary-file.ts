import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { readJson } from '../storage/json-file.ts';

const rowStart = {
  initialise: z.enum(['mean-of-item-text', 'mean-of-item-vectors', 'mean-of-vocabulary', 'normal']),
  noise: z.number(),
  std: z.number().optional(),
};
const tokenId = z.int().min(0);

const vocabularyFileSchema = z.strictObject({
  schema_version: z.literal(1),
  /** Name of the extension that named the tokens. */
  extension: z.string(),
  /** SHA-256 of the tokenizer.json beside this file. */
  tokenizer_sha256: z.string(),
  /** Ids of the base tokenizer are [0, base_size), those that were added [base_size, size). */
  base_size: tokenId,
  size: tokenId,
  bos_token_id: tokenId.nullable(),
  eos_token_id: tokenId,
  pad_token_id: tokenId,
  item_codes: z.strictObject({
    pattern: z.string(),
    ...rowStart,
    /**
     * Digit `d` of level `l` has the id `levels[l].first_id + d`, below `size`. Digits from there on were added for items
     * that came later: their ids are listed.
     */
    levels: z
      .array(
        z.strictObject({
          first_id: tokenId,
          size: z.int().positive(),
          later_ids: z.array(tokenId).min(1).optional(),
        }),
      )
      .min(1),
  }),
  control_tokens: z.array(z.strictObject({ token: z.string(), id: tokenId, ...rowStart })),
  /** [size - base_size] the row of the base model that an added token goes on from, -1 for those that begin anew. */
  trained_rows: z.array(z.int().min(-1)).optional(),
});

/** `vocabulary.json`: what was added to a tokenizer, and how the rows of the added tokens start. */
export type VocabularyFile = z.output<typeof vocabularyFileSchema>;

export const vocabularyFileName = 'vocabulary.json';

/** [digits] the token ids of a level. */
export function digitIds({
  first_id,
  size,
  later_ids = [],
}: VocabularyFile['item_codes']['levels'][number]): number[] {
  return [...Array.from({ length: size }, (_, digit) => first_id + digit), ...later_ids];
}

/** Reads and checks `vocabulary.json` of a folder. */
export function readVocabularyFile(folder: string): VocabularyFile {
  const place = join(folder, vocabularyFileName);
  const remedy = 'Delete the folder and run again: the vocabulary stage rewrites it.';
  const result = vocabularyFileSchema.safeParse(readJson(place, remedy));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue.path.length > 0 ? `"${issue.path.join('.')}": ` : '';
  throw new UserError('vocabulary/broken-file', `is not a vocabulary file: ${at}${issue.message}`, {
    place,
    remedy,
  });
}
