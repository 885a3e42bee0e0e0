import { join, resolve } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { UserError } from '../shared/errors.ts';

/** Libraries that a user may load a tokenizer folder with. */
export const runtimeNames = ['tokenizers', '@huggingface/transformers', '@xenova/transformers'] as const;

export type RuntimeName = (typeof runtimeNames)[number];

/** A tokenizer folder, loaded by one library. */
export interface TokenizerRuntime {
  name: RuntimeName;
  /** Nothing is added to a text before or after. */
  encode(texts: string[]): Promise<number[][]>;
  /** As the library does it by itself: with whatever the tokenizer adds. */
  encodeWhole(texts: string[]): Promise<number[][]>;
  decode(rows: number[][]): Promise<string[]>;
}

/** Loads a folder with a library. Throws a UserError when the library is not installed. */
export async function loadRuntime(name: RuntimeName, folder: string): Promise<TokenizerRuntime> {
  const loaders: Record<RuntimeName, (folder: string) => Promise<Omit<TokenizerRuntime, 'name'>>> = {
    tokenizers: loadRust,
    '@huggingface/transformers': loadTransformers,
    '@xenova/transformers': loadXenova,
  };
  return { name, ...(await loaders[name](resolve(folder))) };
}

async function loadRust(folder: string): Promise<Omit<TokenizerRuntime, 'name'>> {
  const tokenizer = Tokenizer.fromFile(join(folder, 'tokenizer.json'));
  const encode = async (texts: string[], addSpecialTokens: boolean) => {
    const encodings = await tokenizer.encodeBatch(texts, { addSpecialTokens });
    return encodings.map((encoding) => encoding.getIds());
  };
  return {
    encode: (texts) => encode(texts, false),
    encodeWhole: (texts) => encode(texts, true),
    decode: (rows) => tokenizer.decodeBatch(rows, false),
  };
}

async function loadTransformers(folder: string): Promise<Omit<TokenizerRuntime, 'name'>> {
  const { AutoTokenizer } = await import('@huggingface/transformers');
  const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  return {
    encode: async (texts) => texts.map((text) => tokenizer.encode(text, { add_special_tokens: false })),
    encodeWhole: async (texts) => texts.map((text) => tokenizer.encode(text)),
    decode: async (rows) => rows.map((ids) => tokenizer.decode(ids, { skip_special_tokens: false })),
  };
}

/** The part of @xenova/transformers that is used: it is used by tests, and is not a dependency. */
interface Xenova {
  env: { localModelPath: string };
  AutoTokenizer: {
    from_pretrained(
      folder: string,
      options: object,
    ): Promise<{
      encode(text: string, pair?: null, options?: { add_special_tokens: boolean }): number[];
      decode(ids: number[], options: { skip_special_tokens: boolean }): string;
    }>;
  };
}

async function loadXenova(folder: string): Promise<Omit<TokenizerRuntime, 'name'>> {
  const name: string = '@xenova/transformers';
  const { env, AutoTokenizer }: Xenova = await import(name).catch((cause: unknown) => {
    throw new UserError('vocabulary/runtime-absent', `${name} is not installed, so it cannot be compared`, {
      remedy: `Install it (npm install --save-dev ${name}), or leave it out of the runtimes to verify.`,
      cause,
    });
  });
  // It looks for folders below this path alone; empty stands for the root.
  env.localModelPath = '';
  const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  return {
    encode: async (texts) =>
      texts.map((text) => Array.from(tokenizer.encode(text, null, { add_special_tokens: false }))),
    encodeWhole: async (texts) => texts.map((text) => Array.from(tokenizer.encode(text))),
    decode: async (rows) => rows.map((ids) => tokenizer.decode(ids, { skip_special_tokens: false })),
  };
}
