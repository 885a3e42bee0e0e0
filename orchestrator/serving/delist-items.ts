import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import { availabilityFile, changeDelisted, readDelisted } from '../runs/availability.ts';
import { currentFolder } from '../runs/current-version.ts';
import { recipeName } from '../runs/run-files.ts';
import { stageFolderName } from '../runs/stage-names.ts';
import { openWholeStages } from '../runs/whole-stages.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { noRun } from './no-run.ts';

export interface CatalogueStatus {
  items: number;
  /** Ids of the delisted items of the catalogue, sorted. */
  delisted: string[];
  /** Delisted ids that the catalogue no longer has. */
  gone: string[];
}

export interface CatalogueChange extends CatalogueStatus {
  /** Ids that were delisted, or taken back. */
  changed: number;
  /** Ids that were so before. */
  unchanged: number;
  /** Ids that the catalogue does not have: they are left out. */
  unknown: string[];
}

export interface ChangeOptions {
  runsFolder?: string | undefined;
  /** Throws a UserError for unknown ids, and changes nothing. */
  strict?: boolean | undefined;
}

/** Keeps items out of every list of a run at once, without training. */
export function delistItems(
  name: string,
  ids: Iterable<string>,
  { runsFolder = 'runs', strict = false }: ChangeOptions = {},
): CatalogueChange {
  return change(runsFolder, name, ids, strict, (delisted, id) => !delisted.has(id) && !!delisted.add(id));
}

/** Takes delisted items back. */
export function relistItems(
  name: string,
  ids: Iterable<string>,
  { runsFolder = 'runs', strict = false }: ChangeOptions = {},
): CatalogueChange {
  return change(runsFolder, name, ids, strict, (delisted, id) => delisted.delete(id));
}

export function catalogueStatus(name: string, { runsFolder = 'runs' }: ChangeOptions = {}): CatalogueStatus {
  const catalogue = catalogueOf(runsFolder, name);
  return statusOf(catalogue, readDelisted(availabilityFile(runsFolder, name)));
}

function change(
  runsFolder: string,
  name: string,
  ids: Iterable<string>,
  strict: boolean,
  apply: (delisted: Set<string>, id: string) => boolean,
): CatalogueChange {
  const catalogue = catalogueOf(runsFolder, name);
  const asked = new Set(ids);
  let changed = 0;
  let unknown: string[] = [];
  const delisted = changeDelisted(availabilityFile(runsFolder, name), (before) => {
    unknown = [...asked].filter((id) => !catalogue.has(id) && !before.has(id));
    if (strict && unknown.length > 0) throw unknownItems(unknown);
    for (const id of unknown) asked.delete(id);
    for (const id of asked) if (apply(before, id)) changed++;
  });
  return { ...statusOf(catalogue, delisted), changed, unchanged: asked.size - changed, unknown };
}

function statusOf(catalogue: ReadonlySet<string>, delisted: ReadonlySet<string>): CatalogueStatus {
  const sorted = [...delisted].sort();
  return {
    items: catalogue.size,
    delisted: sorted.filter((id) => catalogue.has(id)),
    gone: sorted.filter((id) => !catalogue.has(id)),
  };
}

function catalogueOf(runsFolder: string, name: string): Set<string> {
  const folder = currentFolder(runsFolder, name);
  if (!isThere(join(folder, recipeName))) throw noRun(folder, name);
  const dataset = stageFolderName('dataset');
  const { items } = loadDataset(openWholeStages(folder, [dataset]).folderOf(dataset));
  return new Set(items.map(({ item_id }) => item_id));
}

/** The error of `strict`. */
export function unknownItems(unknown: readonly string[]): UserError {
  const more = unknown.length > 3 ? ', …' : '';
  const named = `${unknown
    .slice(0, 3)
    .map((id) => JSON.stringify(id.slice(0, 100)))
    .join(', ')}${more}`;
  const count = unknown.length === 1 ? 'an id is' : `${unknown.length.toLocaleString('en-US')} ids are`;
  return new UserError('serving/unknown-items', `${count} not in the catalogue: ${named}`, {
    remedy: 'Correct the file, or leave out --strict: unknown ids are skipped then.',
  });
}
