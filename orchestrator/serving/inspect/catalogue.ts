import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '../../dataset/load-dataset.ts';
import type { Item } from '../../dataset/types.ts';
import { indexFileName, readItemIndex } from '../../item-index/index-file.ts';
import { type LevelSource, levelSources } from '../../item-index/level-sources.ts';
import type { ItemIndex } from '../../item-index/types.ts';
import { recipeSchema } from '../../recipe/schema.ts';
import { manifestName } from '../../runs/manifest.ts';
import { recipeName } from '../../runs/open-run.ts';
import { showRun } from '../../runs/read-runs.ts';
import { UserError } from '../../shared/errors.ts';
import { stageFolderName } from '../../stages/define-stage.ts';
import { readYaml } from '../../storage/yaml-file.ts';

/** The items of a run and their codes. */
export interface Catalogue {
  items: readonly Item[];
  index: ItemIndex;
  /** [levels] what each digit was made from; null for nothing, or where the index came from elsewhere. */
  sources: (LevelSource | null)[];
}

const mostKept = 3;
const kept = new Map<string, Catalogue>();

/** Items and codes of a run whose index is made; the last few are kept in memory. Throws a UserError before that. */
export function openCatalogue(runsFolder: string, name: string): Catalogue {
  const { folder } = showRun(runsFolder, name);
  const manifest = join(folder, stageFolderName('item-index'), manifestName);
  if (!existsSync(manifest))
    throw new UserError('serving/no-index', `the run "${name}" has no item index yet`, {
      remedy: 'Wait until its third stage is done, or choose another run.',
    });
  const key = `${manifest} ${statSync(manifest).mtimeMs}`;
  const found = kept.get(key) ?? readCatalogue(folder);
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
  return found;
}

function readCatalogue(folder: string): Catalogue {
  const { items } = loadDataset(join(folder, stageFolderName('dataset')));
  const index = readItemIndex(join(folder, stageFolderName('item-index'), indexFileName), items.length);
  const { item_index } = readYaml(join(folder, recipeName), recipeSchema, {
    area: 'serving',
    remedy: 'The recipe of a run is written by eager-llm: run the recipe again.',
  });
  const { digits, path, ...options } = item_index;
  const sources = path
    ? new Array<null>(index.levels).fill(null)
    : levelSources({ ...options, ...(digits ? { digits } : {}) }, items.length, index.levels);
  return { items, index, sources };
}
