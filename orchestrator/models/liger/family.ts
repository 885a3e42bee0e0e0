import type { ModelFamily } from '../model.ts';
import { loraModules } from '../settings.ts';
import { t5Family } from '../t5/family.ts';
import { parseLigerConfig } from './config.ts';
import { liger, ligerName } from './liger.ts';

const publishedTemperature = 0.07;

export const ligerFamily: ModelFamily = {
  title: 'LIGER',
  modelTypes: ['liger'],
  modules: loraModules.liger,
  parse: (config, place) => liger(parseLigerConfig(config, place)),
  fresh: (sizes) =>
    liger(
      parseLigerConfig(
        {
          model_type: ligerName,
          vocab_size: sizes.vocabularySize,
          ...sizes.catalogue,
          temperature: sizes.temperature ?? publishedTemperature,
          backbone: t5Family.fresh(sizes).config,
        },
        'model',
      ),
    ),
};
