import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { hashFile } from '../storage/hash.ts';
import { writeJson } from '../storage/json-file.ts';
import { baseSizeOf } from './check-base-tokenizer.ts';
import type { Extension } from './extension.ts';
import { takeOffKnown } from './known-tokens.ts';
import { loadBaseTokenizer } from './load-base-tokenizer.ts';
import { specialTokenIds } from './special-token-ids.ts';
import { withStartToken } from './start-token.ts';
import { nameCodeTokens } from './token-names.ts';
import { type TokenizerJson, writeTokenizerFiles } from './tokenizer-files.ts';
import { type VocabularyFile, vocabularyFileName } from './vocabulary-file.ts';
import { withTokens } from './with-tokens.ts';

export interface ExtendOptions {
  /** A folder or a hub id. */
  baseTokenizer: string;
  /** [levels] number of digits at each level of the item index */
  levelSizes: readonly number[];
  extension: Extension;
  outFolder: string;
  /**
   * Given the ids that tokens of these names have in the base, the texts of those that keep what they have learned. All by
   * default.
   */
  keep?: (known: ReadonlyMap<string, number>, base: string | null) => ReadonlySet<string>;
  cacheFolder?: string | undefined;
}

/**
 * Adds the extension's tokens to a tokenizer and writes the result in Hugging Face form, with vocabulary.json.
 * New ids follow the highest id of the base *tokenizer* without a gap: level by level, then control tokens.
 * A base model whose embedding has more rows than that (Qwen pads to 151,936) keeps its spare rows: the new
 * tokens take the first of them, and the embedding grows only when they run out. A base that was extended before gets its
 * tokens anew, and vocabulary.json says which rows of the base model they begin with.
 */
export async function extendTokenizer(options: ExtendOptions): Promise<VocabularyFile> {
  const { baseTokenizer, levelSizes, extension, outFolder, cacheFolder } = options;
  const given = await loadBaseTokenizer(baseTokenizer, { cacheFolder });
  const { base, ids } = takeOffKnown(given, extension);
  const baseSize = baseSizeOf(base.tokenizer);
  const codes = nameCodeTokens(extension.item_codes.pattern, levelSizes);
  const added = [...codes.flat(), ...extension.control_tokens.map(({ token }) => token)];
  checkClashes(added, base.tokenizer, baseTokenizer);

  const kept = options.keep?.(ids, given.folder) ?? new Set(ids.keys());
  const rows = added.map((token) => (kept.has(token) ? (ids.get(token) ?? -1) : -1));

  // Removed first, so that a stop halfway never leaves a new tokenizer beside an old description.
  rmSync(join(outFolder, vocabularyFileName), { force: true });
  const special = specialTokenIds(base, baseTokenizer);
  writeTokenizerFiles(outFolder, withStartToken(withTokens(base, added, baseSize), special.bos_token_id));

  const firstControl = baseSize + codes.flat().length;
  let next = baseSize;
  const levels = levelSizes.map((size) => {
    const level = { first_id: next, size };
    next += size;
    return level;
  });
  const file: VocabularyFile = {
    schema_version: 1,
    extension: extension.name,
    tokenizer_sha256: await hashFile(join(outFolder, 'tokenizer.json')),
    base_size: baseSize,
    size: baseSize + added.length,
    ...special,
    item_codes: { ...extension.item_codes, levels },
    control_tokens: extension.control_tokens.map((token, at) => ({ ...token, id: firstControl + at })),
    ...(rows.some((row) => row >= 0) ? { trained_rows: rows } : {}),
  };
  writeJson(join(outFolder, vocabularyFileName), file);
  return file;
}

function checkClashes(added: string[], tokenizer: TokenizerJson, place: string): void {
  const known = new Set([
    ...Object.keys(tokenizer.model.vocab),
    ...tokenizer.added_tokens.map((t) => t.content),
  ]);
  const seen = new Set<string>();
  const clashes = added.filter((token) => {
    const clash = known.has(token) || seen.has(token);
    seen.add(token);
    return clash;
  });
  if (clashes.length === 0) return;
  throw new UserError(
    'vocabulary/token-clash',
    `${clashes.length} of the ${added.length} tokens to be added exist already: ${clashes.slice(0, 5).join(' ')}`,
    {
      place,
      remedy:
        'Start from a tokenizer in which these names are not words or tokens among others, or change the names in the vocabulary extension.',
    },
  );
}
