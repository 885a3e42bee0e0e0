import type { ModelFamily } from '../model.ts';
import { architectureNames } from './architectures.ts';
import { parseLlamaConfig } from './config.ts';
import { llama } from './llama.ts';
import { projectionNames } from './tensors.ts';

export const llamaFamily: ModelFamily = {
  title: 'LLaMA',
  modelTypes: architectureNames,
  modules: projectionNames,
  parse: (config, place) => llama(parseLlamaConfig(config, place)),
  fresh: ({ vocabularySize, positions, num_decoder_layers: _, head_dim, ...sizes }) =>
    llama(
      parseLlamaConfig(
        {
          model_type: 'llama',
          ...sizes,
          ...(head_dim ? { head_dim } : {}),
          vocab_size: vocabularySize,
          rms_norm_eps: 1e-6,
          max_position_embeddings: positions,
        },
        'model',
      ),
    ),
};
