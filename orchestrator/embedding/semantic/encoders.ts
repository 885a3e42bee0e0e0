import { UserError } from '../../shared/errors.ts';
import type { SemanticEncoderName, SemanticSettings } from './settings.ts';
import type { SemanticEncoder } from './types.ts';

export interface EncoderGiven {
  seed: number;
  /** Folder or hub id of the model that the encoder reads; `lsa` reads none. */
  model: string | null;
  /** Where an encoder that is fitted to the texts is kept; by default it is not. */
  keepIn?: string | undefined;
}

type MakeEncoder = (settings: SemanticSettings, given: EncoderGiven) => Promise<SemanticEncoder>;

/** The encoders by name. Each is loaded when it is asked for: they bring libraries of their own along. */
export const encoders: Record<SemanticEncoderName, MakeEncoder> = {
  async lsa({ dimensions }, { seed, keepIn }) {
    const { lsaEncoder } = await import('./lsa-encoder.ts');
    const { saveLsa } = await import('./lsa-files.ts');
    return lsaEncoder({
      dimensions,
      seed,
      onFitted: keepIn ? (fitted) => saveLsa(keepIn, fitted) : undefined,
    });
  },
  async transformers({ text_prefix }, { model }) {
    const { transformersEncoder } = await import('./transformers-encoder.ts');
    return transformersEncoder({ model: named(model), prefix: text_prefix ?? '' });
  },
  async 'base-model'({ unit_length }, { model }) {
    const { baseModelEncoder } = await import('./base-model-encoder.ts');
    return baseModelEncoder({ model: named(model), unitLength: unit_length });
  },
};

/** Recipes are checked for it; others that call may forget it. */
function named(model: string | null | undefined): string {
  if (model) return model;
  throw new UserError('embedding/no-model', 'this encoder needs a model, and none is named', {
    remedy:
      'Set embedding.semantic.model, or model.base_model for the encoder base-model; or choose encoder: lsa.',
  });
}
