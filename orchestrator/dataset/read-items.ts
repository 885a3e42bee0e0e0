import type { Reporter } from '../shared/reporter.ts';
import { numberItems } from './number-items.ts';
import { itemReaderOf } from './readers/readers.ts';
import type { DatasetSettings } from './settings.ts';
import { openStaging } from './source/staging.ts';
import { spaceError } from './source/table-rows.ts';
import type { Item } from './types.ts';

/**
 * The items of a file: products as the shop of the settings exports them, or a table (CSV, JSON lines, Parquet) by
 * `item_columns`. In the order of the file; of several entries of one item the first. Throws a UserError for a file that
 * is no such table.
 */
export async function readItems(
  path: string,
  settings: DatasetSettings,
  report: Reporter,
  { workFolder = null, signal }: { workFolder?: string | null; signal?: AbortSignal | undefined } = {},
): Promise<Item[]> {
  const staging = openStaging({
    workFolder,
    memoryLimit: settings.memory_limit,
    keepsRatings: false,
    signal,
  });
  try {
    await itemReaderOf(settings.format)(path, { settings, staging, report, signal });
    const { entries, log, itemFile } = staging;
    const { keys, placeOf } = numberItems(Int32Array.from(entries.items), { log, entries }, true);
    const items = new Array<Item>(keys.length);
    const itemIds = Array.from(keys, log.items.textOf);
    await itemFile.readInto(items, { placeOf, itemIds }, signal);
    if (entries.items.length > items.length)
      report({
        type: 'warning',
        text: `${entries.items.length - items.length} lines repeat an item; the first entry of each is used`,
      });
    return items;
  } catch (error) {
    throw spaceError(error) ?? error;
  } finally {
    await staging.close();
  }
}
