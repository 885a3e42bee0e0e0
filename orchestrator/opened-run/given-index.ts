import { basename, dirname, join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { datasetFiles } from '../dataset/save-dataset.ts';
import { readForeignIndex } from '../item-index/foreign-index.ts';
import type { ItemIndex } from '../item-index/types.ts';
import { checkIntact } from '../runs/check-intact.ts';
import { readManifest } from '../runs/manifest.ts';
import { resumeLine } from '../runs/resume-line.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { isThere } from '../storage/is-there.ts';

/** An index that a recipe names; one that lies in a run is by item number, and read with the dataset beside it. */
export function readGivenIndex(path: string, itemIds: readonly string[], report: Reporter): ItemIndex {
  const dataset = datasetBeside(path);
  if (dataset) checkTogether(path, dataset);
  const names = dataset ? loadDataset(dataset).items.map(({ item_id }) => item_id) : null;
  const { index, leftOut } = readForeignIndex(path, itemIds, names);
  if (leftOut > 0)
    report({
      type: 'note',
      text: `codes of ${leftOut} items that are not in the catalogue are left out`,
    });
  return index;
}

/** The files that decide what such an index says. */
export function givenIndexFiles(path: string): string[] {
  const dataset = datasetBeside(path);
  return dataset ? [path, join(dataset, datasetFiles.items)] : [path];
}

/** An index.json in the folder of a run is by item number; the dataset of that run knows the items' ids. */
function datasetBeside(path: string): string | null {
  const folder = dirname(path);
  if (basename(folder) !== stageFolderName('item-index')) return null;
  const dataset = join(dirname(folder), stageFolderName('dataset'));
  return isThere(join(dataset, datasetFiles.items)) ? dataset : null;
}

/** If the dataset was rebuilt or changed since, item numbers would give the codes to other items. */
function checkTogether(path: string, dataset: string): void {
  checkIntact(dirname(path), [basename(path)]);
  checkIntact(dataset, Object.values(datasetFiles));
  const made = readManifest(dirname(path));
  if (!made || made.inputs.dataset === readManifest(dataset)?.key) return;
  throw new UserError(
    'runs/stages-apart',
    'was made from a different dataset than the one next to it, and its keys are positions in that dataset',
    {
      place: path,
      remedy: `${resumeLine(dirname(dataset))} rebuilds it; or name the index of another run.`,
    },
  );
}
