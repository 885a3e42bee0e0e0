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
import {
  type AddedToken,
  type TokenizerConfig,
  type TokenizerFiles,
  type TokenizerJson,
  writeTokenizerFiles,
} from './tokenizer-files.ts';
import { type VocabularyFile, vocabularyFileName } from './vocabulary-file.ts';

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

/** The same tokenizer with more tokens, written so that every runtime reads it alike. */
function withTokens(
  { tokenizer, config, folder }: TokenizerFiles,
  added: string[],
  baseSize: number,
): TokenizerFiles {
  // Not normalized: a normalizer or pre-tokenizer would split the codes.
  // Not special: a special token vanishes where a text is decoded for reading.
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
  const newTokens = added.map((content, at) => ({ id: baseSize + at, content, ...flags }));
  const allTokens = [...tokenizer.added_tokens, ...newTokens];
  return {
    folder,
    tokenizer: {
      ...tokenizer,
      // Only the Rust runtime would obey these two.
      truncation: null,
      padding: null,
      added_tokens: allTokens,
      pre_tokenizer: withPrefixFlag(tokenizer.pre_tokenizer),
      decoder: withPrefixFlag(tokenizer.decoder),
      model: { ...tokenizer.model, merges: plainMerges(tokenizer.model.merges) },
    },
    config: withAddedTokens(config, allTokens),
  };
}

/** `"a b"` in place of `["a", "b"]`: @xenova/transformers reads no other form. A token with a space has no plain form. */
function plainMerges(merges: TokenizerJson['model']['merges']): TokenizerJson['model']['merges'] {
  const pairs = merges.filter((merge) => Array.isArray(merge));
  if (pairs.some(([left, right]) => left.includes(' ') || right.includes(' '))) return merges;
  return merges.map((merge) => (Array.isArray(merge) ? merge.join(' ') : merge));
}

/** `add_prefix_space` beside `prepend_scheme`: @xenova/transformers knows the older of the two alone. */
function withPrefixFlag(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withPrefixFlag);
  if (part === null || typeof part !== 'object') return part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withPrefixFlag(value)]));
  if (inner.type !== 'Metaspace' || inner.prepend_scheme === undefined) return inner;
  return { ...inner, add_prefix_space: inner.prepend_scheme !== 'never' };
}

function withAddedTokens(config: TokenizerConfig, tokens: AddedToken[]): TokenizerConfig {
  const fromJson = tokens.map(({ id, ...token }) => [String(id), token]);
  const result: TokenizerConfig = {
    ...config,
    added_tokens_decoder: { ...Object.fromEntries(fromJson), ...(config.added_tokens_decoder as object) },
    // A clean-up would rewrite " ," after a code, in some runtimes only.
    clean_up_tokenization_spaces: false,
  };
  // A class of its own makes some runtimes rebuild the tokenizer, by the flag `legacy` among others, and older ones do not
  // know the newest classes; this one, which LLaMA 3 has, makes all of them take tokenizer.json as it stands.
  delete result.legacy;
  result.tokenizer_class = 'PreTrainedTokenizerFast';
  result.model_input_names ??= ['input_ids', 'attention_mask'];
  return result;
}
