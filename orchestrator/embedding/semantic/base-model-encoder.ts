import { join, resolve } from 'node:path';
import { openBaseModel } from '../../models/base-model.ts';
import type { ModelConfig } from '../../models/model.ts';
import { frozenModel } from '../../models/model-tensors.ts';
import { messageOf, UserError } from '../../shared/errors.ts';
import { type FieldOptions, fieldEncoder } from './field-encoder.ts';
import type { SemanticEncoder } from './types.ts';

export interface BaseModelOptions extends FieldOptions {
  /** A folder with config.json, model.safetensors and tokenizer.json, or a hub id. */
  model: string;
  /** Longer texts are cut; also cut to what the model can take. 512 by default. */
  maxTokens?: number | undefined;
  /** Where downloaded models are kept; the transformers library's own place by default. */
  cacheFolder?: string | undefined;
}

/**
 * The recipe's own base model as a text encoder: the mean over a text's tokens of the last hidden states (after the final
 * norm), then the mean over an item's fields (EAGER-LLM, as LC-Rec before it). Rows are brought to length 1 unless asked otherwise.
 * Throws a UserError when the model cannot be had or is not computed here.
 */
export function baseModelEncoder(options: BaseModelOptions): SemanticEncoder {
  return async (texts, work = {}) => {
    const { model: name, cacheFolder, maxTokens = 512 } = options;
    work.report?.({ type: 'note', text: `loading ${name}` });
    const { folder, definition, weights } = await openBaseModel(name, { cacheFolder, ...work });
    const longest = Math.min(maxTokens, definition.mostPositions);
    const tokenize = await loadTokenizer(folder, definition.config, longest).catch((error: unknown) => {
      weights.close();
      throw error;
    });
    const encoder = await definition
      .compileTextEncoder(frozenModel(definition, weights), longest)
      .finally(() => weights.close());
    const encode = (batch: string[]) => encoder.encode(batch.map(tokenize));
    try {
      return await fieldEncoder(encode, options)(texts, work);
    } finally {
      await encoder.dispose();
    }
  };
}

/** Token ids of a text, at most `longest`, with what the tokenizer itself puts before and after it. */
async function loadTokenizer(
  folder: string,
  config: ModelConfig,
  longest: number,
): Promise<(text: string) => number[]> {
  const place = join(folder, 'tokenizer.json');
  const remedy = 'Give a model folder that also holds tokenizer.json and tokenizer_config.json.';
  const { AutoTokenizer } = await import('@huggingface/transformers');
  const tokenizer = await AutoTokenizer.from_pretrained(resolve(folder), { local_files_only: true }).catch(
    (cause: unknown) => {
      throw new UserError('embedding/tokenizer', `the tokenizer cannot be loaded: ${messageOf(cause)}`, {
        place,
        remedy,
        cause,
      });
    },
  );
  return (text) => {
    const ids = tokenizer.encode(text).slice(0, longest);
    const strange = ids.find((id) => !Number.isInteger(id) || id >= config.vocab_size);
    if (strange !== undefined)
      throw new UserError(
        'embedding/tokenizer',
        `gives the id ${strange}, the model knows ${config.vocab_size}`,
        {
          place,
          remedy: 'Take the tokenizer from the same model as the weights.',
        },
      );
    return ids;
  };
}
