import { defineStage } from './define-stage.ts';

/** Two vectors an item -> a code for each item. */
export const itemIndexStage = defineStage({
  name: 'item-index',
  version: 1,
  sections: ({ item_index: { path: _path, ...settings } }) => settings,
  inputs: ['dataset', 'embedding'],
  inputFiles: ({ item_index }) => (item_index.path ? [item_index.path] : []),
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { buildItemIndex } = await import('../item-index/build-item-index.ts');
    const { readItemIndex, writeItemIndex } = await import('../item-index/index-file.ts');
    const { readEmbeddings } = await import('./embeddings.ts');
    const { items } = loadDataset(inputFolder('dataset'));
    const section = recipe.item_index;
    const index = section.path
      ? readItemIndex(section.path, items.length)
      : await buildItemIndex(
          {
            ...readEmbeddings(inputFolder('embedding')),
            method: section.method,
            fusion: section.fusion,
            sources: section.sources,
            branching: section.branching,
            faithful: section.faithful,
            ...(section.digits ? { digits: section.digits } : {}),
            identityDigits: section.identity_digits,
            regularisers: {
              collaborative: section.collaborative_weight,
              diversity: section.diversity_weight,
            },
            seed: recipe.seed,
          },
          report,
          signal,
        );
    const itemIds = items.map(({ item_id }) => item_id);
    const reported = writeItemIndex(folder, index, itemIds);
    return {
      items: reported.items,
      levels: index.levelSizes.join(' x '),
      'collision rate': reported.collision_rate,
      'level use': reported.by_level.map(({ use }) => use.toFixed(2)).join(' '),
    };
  },
});
