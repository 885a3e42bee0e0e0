import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { isThere } from '../storage/is-there.ts';
import { writeJson } from '../storage/json-file.ts';
import { makeFolder } from '../storage/make-folder.ts';

/** An entry of `added_tokens` in tokenizer.json. */
export interface AddedToken {
  id: number;
  content: string;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
  normalized: boolean;
  special: boolean;
}

/** The part of a tokenizer.json (BPE) that is read or changed here; the rest is passed through. */
export interface TokenizerJson {
  truncation: unknown;
  padding: unknown;
  added_tokens: AddedToken[];
  normalizer: unknown;
  pre_tokenizer: unknown;
  post_processor: unknown;
  decoder: unknown;
  model: {
    type: 'BPE';
    vocab: Record<string, number>;
    merges: (string | [string, string])[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** tokenizer_config.json: free-form, with a few keys that every runtime knows. */
export type TokenizerConfig = Record<string, unknown>;

export interface TokenizerFiles {
  tokenizer: TokenizerJson;
  config: TokenizerConfig;
  /** The folder they were read from; null when they were made here. */
  folder: string | null;
}

/** The keys of special tokens in tokenizer_config.json and special_tokens_map.json. */
export const specialTokenKeys = ['bos_token', 'eos_token', 'unk_token', 'pad_token'] as const;

/** Special tokens are written as a string, or as an object that holds it; absent ones as null. */
export function specialTokenText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const content = (value as { content?: unknown } | null | undefined)?.content;
  return typeof content === 'string' ? content : null;
}

/** A BPE over bytes, which covers every text: no unknown token, no byte fallback. */
export function byteLevelModel(vocab: Record<string, number>, merges: string[]): TokenizerJson['model'] {
  return {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab,
    merges,
  };
}

/** Writes a tokenizer in Hugging Face form: tokenizer.json, tokenizer_config.json, special_tokens_map.json. */
export function writeTokenizerFiles(outFolder: string, { tokenizer, config, folder }: TokenizerFiles): void {
  makeFolder(outFolder);
  const special = specialTokenKeys.flatMap((key) => {
    const text = specialTokenText(config[key]);
    return text === null ? [] : [[key, text]];
  });
  writeJson(join(outFolder, 'tokenizer.json'), tokenizer);
  writeJson(join(outFolder, 'tokenizer_config.json'), config);
  writeJson(join(outFolder, 'special_tokens_map.json'), Object.fromEntries(special));
  const template = folder && join(folder, 'chat_template.jinja');
  if (template && isThere(template)) copyFileSync(template, join(outFolder, 'chat_template.jinja'));
}
