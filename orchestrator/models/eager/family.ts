import type { ModelFamily } from '../model.ts';
import { loraModules } from '../settings.ts';
import { parseEagerConfig } from './config.ts';
import { eager, eagerName } from './eager.ts';

export const eagerFamily: ModelFamily = {
  title: 'EAGER',
  modelTypes: ['eager'],
  modules: loraModules.eager,
  parse: (config, place) => eager(parseEagerConfig(config, place)),
  fresh: ({ vocabularySize, positions, streams = [], ...sizes }) =>
    eager(
      parseEagerConfig(
        {
          model_type: eagerName,
          vocab_size: vocabularySize,
          hidden_size: sizes.hidden_size,
          intermediate_size: sizes.intermediate_size,
          num_encoder_layers: sizes.num_hidden_layers,
          num_hidden_layers: sizes.num_decoder_layers ?? sizes.num_hidden_layers,
          num_attention_heads: sizes.num_attention_heads,
          max_position_embeddings: positions,
          streams,
        },
        'model',
      ),
    ),
};
