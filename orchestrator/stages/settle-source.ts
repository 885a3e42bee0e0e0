import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { snapshotFiles } from '../dataset/database/snapshot-files.ts';
import type { DatasetSettings } from '../dataset/settings.ts';
import { type ResolvedRecipe, resolvedOf, resolveRecipe } from '../recipe/resolve-recipe.ts';
import { currentFolder, readCurrent, versionUnderWay } from '../runs/current-version.ts';
import { readManifest } from '../runs/manifest.ts';
import { recipeName, recordName } from '../runs/run-files.ts';
import { readRunRecord } from '../runs/run-record.ts';
import { type StageName, stageFolderName } from '../runs/stage-names.ts';
import { versionFolder } from '../runs/versions.ts';
import { UserError } from '../shared/errors.ts';
import type { Reporter } from '../shared/reporter.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';

/** In the folder of a run, for all its versions. */
const snapshotsName = 'snapshots';

export interface SettleSourceOptions {
  name: string;
  runsFolder: string;
  /** With `dataset`, the database is read anew in any case. */
  from?: StageName | undefined;
  report: Reporter;
  signal?: AbortSignal | undefined;
}

/**
 * A recipe that is about to run: where its data are in a database, `dataset.snapshot` names what was read of it from now
 * on. Work that was stopped goes on with what it had read; otherwise the database is read, so that a table that has changed
 * is never answered for by an old result. Where it cannot be reached, a finished dataset stage is enough.
 */
export async function settleSource(
  resolved: ResolvedRecipe,
  { name, runsFolder, from, report, signal }: SettleSourceOptions,
): Promise<ResolvedRecipe> {
  const { recipe } = resolved;
  const { dataset } = recipe;
  if (dataset.format !== 'sql' || dataset.snapshot !== undefined || recipe.append !== undefined)
    return resolved;
  const settled = (snapshot: string) =>
    resolvedOf({ ...recipe, dataset: { ...dataset, snapshot } }, resolved.file);
  const root = join(resolve(runsFolder), name);
  const earlier = from === 'dataset' ? null : earlierWork(root, dataset);
  if (earlier && !earlier.finished && earlier.usable) {
    report({
      type: 'note',
      text: `goes on with what was read of the database${earlier.readAt}; --from dataset reads it anew`,
    });
    return settled(earlier.snapshot);
  }
  const [{ takeSnapshot }, { unreachableCode }] = await Promise.all([
    import('../dataset/database/take-snapshot.ts'),
    import('../dataset/database/database-error.ts'),
  ]);
  try {
    return settled(await takeSnapshot(dataset, join(root, snapshotsName), { report, signal }));
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== unreachableCode || !earlier?.usable) throw error;
    report({
      type: 'warning',
      text: `the database ${error.message}: the run goes on with what was read of it${earlier.readAt}`,
    });
    return settled(earlier.snapshot);
  }
}

/** Removes snapshots that are no longer the one of the run's recipe. */
export function keepSnapshot(root: string, { snapshot }: DatasetSettings): void {
  const folder = join(root, snapshotsName);
  if (!isThere(folder)) return;
  const kept = snapshot !== undefined && dirname(snapshot) === folder ? basename(snapshot) : null;
  for (const each of readdirSync(folder))
    if (each !== kept) rmSync(join(folder, each), { recursive: true, force: true });
}

/** The snapshot that a run works with while it is not finished; null where there is none for this source. */
export function snapshotUnderWay(runsFolder: string, name: string, dataset: DatasetSettings): string | null {
  const earlier = earlierWork(join(resolve(runsFolder), name), dataset);
  return earlier && !earlier.finished && earlier.usable ? earlier.snapshot : null;
}

/** The snapshot that a run was made of. */
export function snapshotOf(runsFolder: string, name: string): string | undefined {
  return resolveRecipe(join(currentFolder(runsFolder, name), recipeName)).recipe.dataset.snapshot;
}

interface EarlierWork {
  snapshot: string;
  finished: boolean;
  /** The dataset stage is done, or can still be made of the snapshot. */
  usable: boolean;
  /** In words: ` on 2026-11-29 03:12 UTC`. */
  readAt: string;
}

/** What the run did last, where it was with the same source. */
function earlierWork(root: string, dataset: DatasetSettings): EarlierWork | null {
  if (!isThere(join(root, recordName))) return null;
  const folder = versionFolder(root, versionUnderWay(root) ?? readCurrent(root).version);
  try {
    const { status } = readRunRecord(join(folder, recordName));
    const before = resolveRecipe(join(folder, recipeName)).recipe.dataset;
    if (before.snapshot === undefined || !isDeepStrictEqual(sourceOf(before), sourceOf(dataset))) return null;
    const header = join(before.snapshot, snapshotFiles.header);
    const whole = isThere(header);
    const done = readManifest(join(folder, stageFolderName('dataset'))) !== null;
    return {
      snapshot: before.snapshot,
      finished: status === 'finished',
      usable: done || whole,
      readAt: whole ? readAtOf(header) : '',
    };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function sourceOf({ path, events, items, columns, item_columns }: DatasetSettings): unknown {
  return { path, events, items, columns, item_columns };
}

function readAtOf(header: string): string {
  const { read_at } = readJson(header, '') as { read_at?: string };
  return read_at ? ` on ${read_at.slice(0, 16).replace('T', ' ')} UTC` : '';
}
