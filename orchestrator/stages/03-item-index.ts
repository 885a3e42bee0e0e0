import { isDeepStrictEqual } from 'node:util';
import { laterRqVaeSettings, rqVaeSettings } from '../item-index/rq-vae/settings.ts';
import { laterItemIndexSettings } from '../item-index/settings.ts';
import { givenIndexFiles } from '../opened-run/given-index.ts';
import { moduleFiles } from '../own-parts/module-files.ts';
import { withoutDefaults } from '../shared/without-defaults.ts';
import { defineStage } from './define-stage.ts';

/** Two vectors an item -> a code for each item. */
export const itemIndexStage = defineStage({
  name: 'item-index',
  version: 3,
  // What came later leaves the keys of earlier recipes as they are.
  sections: ({ item_index: { path: _path, module: _module, rq_vae, ...settings } }) => ({
    ...withoutDefaults(settings, laterItemIndexSettings),
    ...(isDeepStrictEqual(rq_vae, rqVaeSettings.parse({}))
      ? {}
      : { rq_vae: withoutDefaults(rq_vae, laterRqVaeSettings) }),
  }),
  partOf: ({ recommender }) => recommender === 'generative',
  inputs: ['dataset', 'embedding'],
  inputFiles: ({ item_index: { path, module }, continue: base }) => {
    if (base !== undefined) return [];
    return path ? givenIndexFiles(path) : moduleFiles(module === null ? [] : [module]);
  },
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { buildItemIndex } = await import('../item-index/build-item-index.ts');
    const { writeItemIndex } = await import('../item-index/index-file.ts');
    const { readEmbeddings } = await import('../opened-run/embeddings.ts');
    const { readGivenIndex } = await import('../opened-run/given-index.ts');
    const { loadOwnIndexMethod } = await import('../own-parts/own-index-method.ts');
    const { item_index: settings, seed } = recipe;
    const itemIds = loadDataset(inputFolder('dataset')).items.map(({ item_id }) => item_id);
    const own = settings.module === null ? undefined : await loadOwnIndexMethod(settings.module);
    const index = settings.path
      ? readGivenIndex(settings.path, itemIds, report)
      : await buildItemIndex(
          { ...settings, ...readEmbeddings(inputFolder('embedding')), seed },
          report,
          signal,
          own,
        );
    const reported = writeItemIndex(folder, index, itemIds);
    return {
      items: reported.items,
      levels: index.levelSizes.join(' x '),
      'collision rate': reported.collision_rate,
      'level use': reported.by_level.map(({ use }) => use.toFixed(2)).join(' '),
    };
  },
  async continued({ recipe, folder, inputFolder, report, signal }, base) {
    const { continuedItemIndex } = await import('../continuation/item-index.ts');
    const folders = {
      dataset: inputFolder('dataset'),
      embedding: inputFolder('embedding'),
      'item-index': folder,
    };
    return continuedItemIndex(recipe, base, folders, report, signal);
  },
});
