import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PreparationWork } from '../dataset/prepare-dataset.ts';
import { filesAt } from '../dataset/source/files.ts';
import { itemsBeside } from '../dataset/source/items-beside.ts';
import type { Dataset } from '../dataset/types.ts';
import { UserError } from '../shared/errors.ts';
import type { Figures } from '../shared/reporter.ts';
import { withoutDefaults } from '../shared/without-defaults.ts';
import { defineStage, type StageContext } from './define-stage.ts';

/** In the stage's folder rather than the system's, so that what a killed run leaves is found and removed. */
const workFolderName = 'work';

/** Settings that came later, with their defaults: datasets from before keep their keys. `reading` is 2 since category paths are lists. */
const laterSettings = {
  anonymous: null,
  catalogue: 'bought',
  held_out_users: 0,
  columns: { quantity: null },
  item_columns: { price: null, stock: null, image: null, url: null, attributes: [] },
};

/** Interaction log and item texts -> users' sequences, items, split. */
export const datasetStage = defineStage({
  name: 'dataset',
  version: 3,
  sections: ({
    dataset: {
      path: _path,
      items_path: _itemsPath,
      memory_limit: _memoryLimit,
      may_shrink: _mayShrink,
      events: _events,
      items: _items,
      password_env: _passwordEnv,
      snapshot,
      ...settings
    },
  }) => ({
    ...withoutDefaults(settings, laterSettings),
    ...(settings.format === 'table' ? { reading: 2 } : {}),
    // It is called by the hash of the rows that were read.
    ...(snapshot === undefined ? {} : { snapshot: basename(snapshot) }),
  }),
  inputs: [],
  inputFiles: ({ dataset: { format, path, items_path, snapshot }, append }) => {
    if (append !== undefined) return [append];
    if (format === 'sql') return snapshot === undefined ? notRead(path) : [];
    const items = items_path ?? itemsBeside(format, path);
    return [...filesAt(path), ...(items ? [items] : [])];
  },
  async run(context) {
    const { prepareDataset } = await import('../dataset/prepare-dataset.ts');
    const { recipe, report } = context;
    return saved(context, (work) => prepareDataset(recipe.dataset, report, work));
  },
  async continued(context, base) {
    const { continuedDataset } = await import('../continuation/dataset.ts');
    const { recipe, report } = context;
    return saved(context, (work) => continuedDataset(recipe, base, report, work));
  },
});

/** What nobody has read has no key: it could be anything. */
function notRead(place: string): never {
  throw new UserError(
    'dataset/not-read',
    'the database has not been read, so nothing can be said to be made of it',
    {
      place,
      remedy:
        'Give the folder that an earlier run has read into: --set dataset.snapshot=runs/NAME/snapshots/….',
    },
  );
}

async function saved(
  { folder, signal }: StageContext,
  prepare: (work: PreparationWork) => Promise<Dataset>,
): Promise<Figures> {
  const { saveDataset } = await import('../dataset/save-dataset.ts');
  const { shownFigures } = await import('../dataset/shown-figures.ts');
  const workFolder = join(folder, workFolderName);
  rmSync(workFolder, { recursive: true, force: true });
  const dataset = await prepare({ workFolder, signal });
  rmSync(workFolder, { recursive: true, force: true });
  saveDataset(dataset, folder);
  return shownFigures(dataset);
}
