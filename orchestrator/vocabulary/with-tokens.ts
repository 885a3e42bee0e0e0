import type { AddedToken, TokenizerConfig, TokenizerFiles, TokenizerJson } from './tokenizer-files.ts';

/** The same tokenizer with more tokens, numbered from `firstId` on, written so that every runtime reads it alike. */
export function withTokens(
  { tokenizer, config, folder }: TokenizerFiles,
  added: string[],
  firstId: number,
): TokenizerFiles {
  // Not normalized: a normalizer or pre-tokenizer would tear the codes apart.
  // Not special: a special token vanishes where a text is decoded for reading.
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
  const newTokens = added.map((content, at) => ({ id: firstId + at, content, ...flags }));
  const allTokens = [...tokenizer.added_tokens, ...newTokens];
  return {
    folder,
    tokenizer: {
      ...tokenizer,
      // The Rust runtime alone would obey these two.
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
