import { UserError } from '../../orchestrator/shared/errors.ts';
import {
  byteLevelModel,
  type TokenizerFiles,
  type TokenizerJson,
} from '../../orchestrator/vocabulary/tokenizer-files.ts';
import type { Gguf } from './read-gguf.ts';

/** Token types of GGUF that are no pieces of text: unknown, control, user-defined. */
const addedTypes = new Set([2, 3, 4]);
const controlType = 3;

/**
 * How texts are cut before the merges, by `tokenizer.ggml.pre`. SmolLM: every digit alone, then GPT-2's pattern,
 * which is what `ByteLevel` cuts by.
 */
const preTokenizers: Record<string, unknown> = {
  smollm: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'Digits', individual_digits: true },
      { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    ],
  },
  'gpt-2': { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
};

/** The byte-level BPE of a GGUF file in Hugging Face's form. Throws a UserError for tokenizers of another kind. */
export function tokenizerFilesOf({ metadata, place }: Gguf): TokenizerFiles {
  const setting = (name: string) => metadata.get(`tokenizer.ggml.${name}`);
  const [model, pre] = [setting('model'), setting('pre')];
  const preTokenizer = model === 'gpt2' ? preTokenizers[String(pre)] : undefined;
  if (!preTokenizer)
    throw new UserError('gguf/other-tokenizer', `its tokenizer is "${model}" with the cuts of "${pre}"`, {
      place,
      remedy: `Known here are gpt2 with the cuts of ${Object.keys(preTokenizers).join(' or ')}; else take the tokenizer.json of the model.`,
    });
  const tokens = setting('tokens') as string[];
  const types = (setting('token_type') ?? []) as number[];
  const tokenOf = (name: string) => {
    const id = setting(`${name}_token_id`);
    return id === undefined ? null : tokens[Number(id)];
  };
  const tokenizer: TokenizerJson = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) =>
      addedTypes.has(types[id])
        ? [
            {
              id,
              content,
              single_word: false,
              lstrip: false,
              rstrip: false,
              normalized: false,
              special: types[id] === controlType,
            },
          ]
        : [],
    ),
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: byteLevelModel(
      Object.fromEntries(tokens.map((token, id) => [token, id])),
      setting('merges') as string[],
    ),
  };
  const template = metadata.get('tokenizer.chat_template');
  const config = {
    tokenizer_class: 'GPT2Tokenizer',
    add_prefix_space: false,
    add_bos_token: setting('add_bos_token') === true,
    clean_up_tokenization_spaces: false,
    model_max_length: Number(metadata.get('llama.context_length')),
    bos_token: tokenOf('bos'),
    eos_token: tokenOf('eos'),
    unk_token: tokenOf('unknown'),
    pad_token: tokenOf('padding'),
    ...(template === undefined ? {} : { chat_template: template }),
  };
  return { tokenizer, config, folder: null };
}
