import type { Reporter } from '../shared/reporter.ts';
import { countOf } from './filter-events.ts';
import { itemReaderOf } from './readers/readers.ts';
import type { DatasetSettings } from './settings.ts';
import { placeItems } from './source/staged-items.ts';
import { openStaging } from './source/staging.ts';
import { forEachRow } from './source/table-rows.ts';
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
  const staging = await openStaging({ workFolder, memoryLimit: settings.memory_limit, signal });
  try {
    await itemReaderOf(settings.format)(path, { settings, staging, report, signal });
    staging.flush();
    const asked = { connection: staging.connection, path, signal };
    const places = new Map<number, number>();
    const first = 'SELECT min(position)::DOUBLE AS first FROM raw_items GROUP BY item_id ORDER BY first';
    await forEachRow({ ...asked, query: first }, ([position]) => places.set(Number(position), places.size));
    const items = new Array<Item>(places.size);
    await placeItems(asked, places, items);
    const entries = await countOf(staging.connection, 'raw_items');
    if (entries > items.length)
      report({
        type: 'warning',
        text: `${entries - items.length} lines repeat an item; the first entry of each is used`,
      });
    return items;
  } finally {
    staging.close();
  }
}
