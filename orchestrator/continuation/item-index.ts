import { join } from 'node:path';
import { loadDataset } from '../dataset/load-dataset.ts';
import type { Item } from '../dataset/types.ts';
import { appendBySettings, type Vectors } from '../item-index/append-by-settings.ts';
import { type FitOfAdded, fitOfAdded } from '../item-index/fit-of-added.ts';
import { indexFileName, readItemIndex, writeItemIndex } from '../item-index/index-file.ts';
import { levelSources } from '../item-index/level-sources.ts';
import type { ItemIndex } from '../item-index/types.ts';
import { readEmbeddings } from '../opened-run/embeddings.ts';
import type { Recipe } from '../recipe/schema.ts';
import { createMatrix } from '../shared/matrix.ts';
import type { Figures, Reporter } from '../shared/reporter.ts';
import { writeJson } from '../storage/json-file.ts';
import type { BaseRun } from './base-run.ts';

const appendedFile = 'appended-items.json';

/**
 * The codes of an earlier run, and codes for the new items behind them; `appended-items.json` says how well each of
 * these fits into the clusters of the old ones.
 */
export async function continuedItemIndex(
  { item_index: settings }: Recipe,
  base: BaseRun,
  folders: { dataset: string; embedding: string; 'item-index': string },
  report: Reporter,
  signal: AbortSignal,
): Promise<Figures> {
  const { items, continued } = loadDataset(folders.dataset);
  const old = loadDataset(base.folderOf('dataset')).items.length;
  const before = readItemIndex(join(base.folderOf('item-index'), indexFileName), old);
  const codedFirst = continued?.codedFirst ?? old;
  const vectors = readEmbeddings(folders.embedding);
  const { index, newTokens } =
    items.length === old
      ? { index: before, newTokens: [] }
      : await appendBySettings(before, vectors, settings, codedFirst, signal);
  writeItemIndex(
    folders['item-index'],
    index,
    items.map(({ item_id }) => item_id),
  );
  const made = levelSources(settings, codedFirst, index);
  const fit = fitByTexts(index, made, vectors, old);
  const added = items.slice(old);
  writeJson(join(folders['item-index'], appendedFile), describeFit(added, fit));
  tellBad(added, fit, report);
  return {
    items: items.length,
    'new items': added.length,
    'new digits': newTokens.length,
    'new items that fit badly': fit.bad.length,
    levels: index.levelSizes.join(' x '),
  };
}

/** By the clusters of texts, where the codes have some; else by all levels but the last. */
function fitByTexts(
  index: ItemIndex,
  made: ReturnType<typeof levelSources>,
  { semantic }: Vectors,
  old: number,
): FitOfAdded {
  const own = [...made.keys()].filter((level) => made[level] === 'semantic');
  // A digit that is nearly an item's own makes no cluster.
  const [from, to] = own.length > 0 ? [own[0], own[0] + Math.max(1, own.length - 1)] : [0, index.levels - 1];
  const part = (start: number, end: number) =>
    createMatrix(
      end - start,
      semantic.columns,
      semantic.data.slice(start * semantic.columns, end * semantic.columns),
    );
  return fitOfAdded(index, { from, to }, part(0, old), part(old, semantic.rows));
}

function describeFit(added: readonly Item[], { usual, distances, bad }: FitOfAdded) {
  const isBad = new Set(bad);
  return {
    usual_distance: Number.isFinite(usual) ? usual : null,
    items: added.map(({ item_id }, at) => ({
      item_id,
      distance: distances[at],
      fits: !isBad.has(at),
    })),
  };
}

function tellBad(added: readonly Item[], { bad }: FitOfAdded, report: Reporter): void {
  if (bad.length === 0) return;
  const named = bad.slice(0, 5).map((at) => `${added[at].item_id} (${added[at].title || 'no title'})`);
  report({
    type: 'warning',
    text: `${bad.length} of ${added.length} new items lie farther from every cluster than 99 of 100 old ones, or have no text that is known: ${named.join(', ')}${bad.length > 5 ? ', …' : ''}; they are found seldom until a training from nothing`,
  });
}
