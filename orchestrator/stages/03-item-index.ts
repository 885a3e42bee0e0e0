import { basename, dirname, join } from 'node:path';
import { datasetFiles } from '../dataset/save-dataset.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { defineStage, stageFolderName } from './define-stage.ts';

/** Two vectors an item -> a code for each item. */
export const itemIndexStage = defineStage({
  name: 'item-index',
  version: 3,
  sections: ({ item_index: { path: _path, ...settings } }) => settings,
  inputs: ['dataset', 'embedding'],
  inputFiles: ({ item_index }) => (item_index.path ? foreignFiles(item_index.path) : []),
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { loadDataset } = await import('../dataset/load-dataset.ts');
    const { buildItemIndex } = await import('../item-index/build-item-index.ts');
    const { readForeignIndex } = await import('../item-index/foreign-index.ts');
    const { writeItemIndex } = await import('../item-index/index-file.ts');
    const { readEmbeddings } = await import('./embeddings.ts');
    const { items } = loadDataset(inputFolder('dataset'));
    const itemIds = items.map(({ item_id }) => item_id);
    const section = recipe.item_index;
    const readForeign = async (path: string) => {
      const dataset = datasetBeside(path);
      if (dataset) await checkTogether(path, dataset);
      const names = dataset ? loadDataset(dataset).items.map(({ item_id }) => item_id) : null;
      const { index, leftOut } = readForeignIndex(path, itemIds, names);
      if (leftOut > 0)
        report({
          type: 'note',
          text: `codes of ${leftOut} items that are not in the catalogue are left out`,
        });
      return index;
    };
    const index = section.path
      ? await readForeign(section.path)
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
    const reported = writeItemIndex(folder, index, itemIds);
    return {
      items: reported.items,
      levels: index.levelSizes.join(' x '),
      'collision rate': reported.collision_rate,
      'level use': reported.by_level.map(({ use }) => use.toFixed(2)).join(' '),
    };
  },
});

/** An index.json in the folder of a run is by item number; the dataset of that run knows the items' ids. */
function datasetBeside(path: string): string | null {
  const folder = dirname(path);
  if (basename(folder) !== stageFolderName('item-index')) return null;
  const dataset = join(dirname(folder), stageFolderName('dataset'));
  return isThere(join(dataset, datasetFiles.items)) ? dataset : null;
}

/** By number the codes would go to other items, if the dataset was made anew since. */
async function checkTogether(path: string, dataset: string): Promise<void> {
  const { readManifest } = await import('../runs/manifest.ts');
  const { resumeLine } = await import('../runs/resume-line.ts');
  const made = readManifest(dirname(path));
  if (!made || made.inputs.dataset === readManifest(dataset)?.key) return;
  throw new UserError(
    'runs/stages-apart',
    'was made from another dataset than lies beside it, and its keys are places in that dataset',
    {
      place: path,
      remedy: `${resumeLine(dirname(dataset))} makes it anew; or name the index of another run.`,
    },
  );
}

function foreignFiles(path: string): string[] {
  const dataset = datasetBeside(path);
  return dataset ? [path, join(dataset, datasetFiles.items)] : [path];
}
