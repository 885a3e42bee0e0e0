import { type FieldOptions, fieldEncoder } from './field-encoder.ts';
import { openTextModel, type TextModelOptions } from './text-model.ts';
import type { SemanticEncoder } from './types.ts';

export interface TransformersOptions extends TextModelOptions, FieldOptions {
  /** Put before every text. */
  prefix?: string | undefined;
}

/**
 * Any feature-extraction model that transformers.js loads: the mean of the last hidden states over a text's tokens,
 * brought to length 1, then combined over fields. Throws a UserError when the model cannot be had or run.
 */
export function transformersEncoder(options: TransformersOptions): SemanticEncoder {
  return async (texts, work = {}) => {
    work.report?.({ type: 'note', text: `loading ${options.model}` });
    const { encode, dispose } = await openTextModel(options);
    try {
      const { prefix = '' } = options;
      const prefixed = (batch: string[]) => encode(batch.map((text) => prefix + text));
      return await fieldEncoder(prefixed, options)(texts, work);
    } finally {
      await dispose();
    }
  };
}
