import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../../dataset/load-dataset.ts';
import type { Item } from '../../dataset/types.ts';
import { indexFileName, readItemIndex } from '../../item-index/index-file.ts';
import { type LevelSource, levelSources } from '../../item-index/level-sources.ts';
import type { ItemIndex } from '../../item-index/types.ts';
import { manifestName } from '../../runs/manifest.ts';
import { type RunSummary, showRun } from '../../runs/read-runs.ts';
import { type StageName, stageFolderName } from '../../runs/stage-names.ts';
import { openWholeStages } from '../../runs/whole-stages.ts';
import { UserError } from '../../shared/errors.ts';
import { readRunRecipe } from '../run-recipe.ts';

/** The items of a run and their codes. */
export interface Catalogue {
  items: readonly Item[];
  index: ItemIndex;
  /** [levels] what each digit was made from; null for nothing, or where the index came from elsewhere. */
  sources: (LevelSource | null)[];
}

const mostKept = 3;
const kept = new Map<string, Catalogue>();

const needed: readonly StageName[] = ['dataset', 'item-index'];

/** Items and codes of a run whose index is made; the last few are kept in memory. Throws a UserError before that. */
export async function openCatalogue(runsFolder: string, name: string): Promise<Catalogue> {
  const run = showRun(runsFolder, name);
  if (!isIndexed(run)) {
    const isComing = run.planned?.includes(stageFolderName('item-index')) ?? true;
    throw isComing
      ? new UserError('serving/no-index', `the run "${name}" has no item index yet`, {
          remedy: 'Wait until its third stage is done, or choose another run.',
        })
      : new UserError('serving/no-codes', `the run "${name}" gives items no codes: it has no index`, {
          remedy: 'Choose a run whose `recommender` is `generative`.',
        });
  }
  const manifest = join(run.folder, stageFolderName('item-index'), manifestName);
  const key = `${manifest} ${statSync(manifest).mtimeMs}`;
  const found = kept.get(key) ?? (await readCatalogue(run.folder));
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
  return found;
}

/** There is an index, though it may be stale or damaged. */
function isIndexed({ stages }: RunSummary): boolean {
  const index = stages.find(({ stage }) => stage === stageFolderName('item-index'));
  return index !== undefined && index.state !== 'missing' && index.state !== 'unfinished';
}

async function readCatalogue(folder: string): Promise<Catalogue> {
  const stages = openWholeStages(folder, needed.map(stageFolderName));
  for (const stage of needed) await stages.verify(stageFolderName(stage));
  const { items, continued } = loadDataset(stages.folderOf(stageFolderName('dataset')));
  const index = readItemIndex(
    join(stages.folderOf(stageFolderName('item-index')), indexFileName),
    items.length,
  );
  const { item_index } = readRunRecipe(folder);
  const sources = levelSources(item_index, continued?.codedFirst ?? items.length, index);
  return { items, index, sources };
}
