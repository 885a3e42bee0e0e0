import type { ModelFamily } from '../model.ts';
import { loraModules } from '../settings.ts';
import { parseT5Config } from './config.ts';
import { t5 } from './t5.ts';

export const t5Family: ModelFamily = {
  title: 'T5',
  modelTypes: ['t5'],
  modules: loraModules.t5,
  parse: (config, place) => t5(parseT5Config(config, place)),
  fresh: ({ vocabularySize, ...sizes }) =>
    t5(
      parseT5Config(
        {
          model_type: 't5',
          vocab_size: vocabularySize,
          d_model: sizes.hidden_size,
          d_kv: sizes.head_dim ?? sizes.hidden_size / sizes.num_attention_heads,
          d_ff: sizes.intermediate_size,
          num_layers: sizes.num_hidden_layers,
          num_decoder_layers: sizes.num_decoder_layers ?? sizes.num_hidden_layers,
          num_heads: sizes.num_attention_heads,
          tie_word_embeddings: sizes.tie_word_embeddings,
          is_encoder_decoder: true,
        },
        'model',
      ),
    ),
};
