import { addItems } from '../dataset/add-items.ts';
import { type Difference, joinDatasets } from '../dataset/join-datasets.ts';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { PreparationWork } from '../dataset/prepare-dataset.ts';
import type { Continued, Dataset } from '../dataset/types.ts';
import type { Recipe } from '../recipe/schema.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { BaseRun } from './base-run.ts';

type ContinuedDataset = Dataset & { continued: Continued };

/**
 * The dataset of a continued run: a new export behind the items of the earlier run, or that run's own log with more
 * items. Throws a UserError where the export is of something else, or brings nothing new.
 */
export async function continuedDataset(
  { dataset: settings, append }: Recipe,
  base: BaseRun,
  report: Reporter,
  work: PreparationWork,
): Promise<ContinuedDataset> {
  const before = loadDataset(base.folderOf('dataset'));
  if (append !== undefined) {
    const { readItems } = await import('../dataset/read-items.ts');
    const { dataset, known } = addItems(before, await readItems(append, settings, report, work));
    const added = dataset.items.length - before.items.length;
    if (added === 0)
      throw nothingNew(`all of its ${known} items are in the run ${base.name} already`, append);
    if (known > 0)
      report({ type: 'note', text: `${known} items of the file are known, and stay as they are` });
    return dataset;
  }
  const { prepareDataset } = await import('../dataset/prepare-dataset.ts');
  const { dataset, difference } = joinDatasets(before, await prepareDataset(settings, report, work));
  checkDifference(difference, before, settings, base.name);
  report({ type: 'note', text: describe(difference, base.name) });
  if (difference.changedUsers > 0)
    report({
      type: 'warning',
      text: `the events of ${difference.changedUsers} users no longer begin with those that ${base.name} was trained on; what comes behind the first difference counts as new`,
    });
  return dataset;
}

function checkDifference(
  { missingItems, newItems, newEvents }: Difference,
  before: Dataset,
  { path, may_shrink }: Recipe['dataset'],
  name: string,
): void {
  const old = before.items.length;
  const kept = old - missingItems;
  if (kept === 0)
    throw new UserError('continue/other-catalogue', `has none of the ${old} items of the run ${name}`, {
      place: path,
      remedy: 'Give an export of the same shop, with the same item ids; or train anew, without `continue`.',
    });
  if (kept < old / 2 && !may_shrink)
    throw new UserError('continue/shrunken', `has only ${kept} of the ${old} items of the run ${name}`, {
      place: path,
      remedy: 'Check that the export is whole. If it is, go on with --set dataset.may_shrink=true.',
    });
  if (newItems === 0 && newEvents === 0)
    throw nothingNew(`it holds no training event and no item that the run ${name} does not know`, path);
}

function nothingNew(what: string, place: string): UserError {
  return new UserError('continue/nothing-new', `there is nothing to do: ${what}`, {
    place,
    remedy: 'Come back with a later export; the run stays as it is.',
  });
}

function describe(
  { newItems, missingItems, newUsers, missingUsers, newEvents, usersWithNews }: Difference,
  name: string,
): string {
  const gone = [
    missingItems > 0 ? `${missingItems} items of it are not in the export and keep their codes` : '',
    missingUsers > 0 ? `${missingUsers} users of it are not in the export and are left out` : '',
  ].filter(Boolean);
  return [
    `goes on from ${name}: ${newItems} new items, ${newUsers} new users, ${newEvents} new training events of ${usersWithNews} users`,
    ...gone,
  ].join('; ');
}
