import { UserError } from '../../shared/errors.ts';
import { silentReporter } from '../../shared/reporter.ts';
import { BrokenLine } from '../source/broken-line.ts';
import { checkedEvent } from '../source/checked-event.ts';
import { type ChooseColumns, forEachDelimitedRow } from '../source/delimited.ts';
import { requireFile } from '../source/files.ts';
import { itemOf } from '../source/item-text.ts';
import { parseJsonRecord } from '../source/json-record.ts';
import { lineBlocks } from '../source/line-blocks.ts';
import { forEachParquetRow } from '../source/parquet.ts';
import { chooseColumns } from './choose-columns.ts';
import { readLines } from './read-lines.ts';
import { eventNeeds, type Reader, type Reading, tableReading } from './reader.ts';

const kinds = '.csv, .tsv, .jsonl, .ndjson (each plain or .gz) or .parquet';

/**
 * Any CSV, TSV, JSON lines or Parquet file of interactions, and one of items where `itemsPath` names it, read by
 * the names of their columns. Without a time column the rows are in order already.
 */
export const readTable: Reader = async (reading) => {
  const { options, staging, report } = reading;
  const { columns } = options;
  const needs = eventNeeds(reading, columns.time !== null);
  const path = requireFile(options.path, `a table of interactions (${kinds})`);
  if (needs.rating && columns.rating === null)
    throw new UserError('dataset/no-rating-column', 'min_rating needs a column of ratings', {
      place: path,
      remedy: 'Name it in columns.rating, or take min_rating away.',
    });
  const eventKeys = ['user', 'item', 'time', 'rating'] as const;
  await readTableFile(
    path,
    (names, place) =>
      chooseColumns(
        eventKeys.map((key) => ({ name: columns[key], key: `columns.${key}` })),
        names,
        place,
      ),
    ([user, item, time, rating]) => staging.addEvent(checkedEvent(user, item, time, rating, needs)),
    reading,
  );
  if (options.itemsPath === null) {
    report({ type: 'warning', text: `${path}: no items_path, the items have no text` });
    return;
  }
  const { itemColumns } = options;
  const itemKeys = ['item', 'title', 'description', 'categories', 'brand', 'keywords'] as const;
  await readTableFile(
    requireFile(options.itemsPath, `a table of items (${kinds})`),
    (names, place) =>
      chooseColumns(
        itemKeys.map((key) => ({
          name: itemColumns[key] ?? (names.includes(key) ? key : null),
          key: `item_columns.${key}`,
        })),
        names,
        place,
      ),
    ([id, title, description, categories, brand, keywords]) =>
      staging.addItem(itemOf(id, { title, description, categories, brand, keywords })),
    reading,
  );
};

async function readTableFile(
  path: string,
  choose: ChooseColumns,
  take: (values: unknown[]) => void,
  reading: Reading,
): Promise<void> {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (/\.(jsonl|ndjson|json)$/.test(name)) {
    // A mistake in the mapping is shown as such, before every line counts as broken.
    const found = await firstKeys(path, reading);
    const chosen = found.length > 0 ? choose(found, path) : [];
    return readLines(
      path,
      (line) => {
        const record = parseJsonRecord(line);
        take(chosen.map((key) => (key === null ? null : record[key])));
      },
      reading,
    );
  }
  if (/\.(csv|tsv)$/.test(name)) {
    const delimiter = name.endsWith('.tsv') ? '\t' : ',';
    return forEachDelimitedRow({ path, delimiter, quotes: true }, choose, take, tableReading(reading));
  }
  if (path.toLowerCase().endsWith('.parquet'))
    return forEachParquetRow(path, choose, take, tableReading(reading));
  throw new UserError('dataset/unknown-table', `expected a table as ${kinds}`, {
    place: path,
    remedy: 'Give the file the ending of what it holds.',
  });
}

/** The keys of the records at the head of a file of JSON lines: a single record may lack some. */
async function firstKeys(path: string, { signal }: Reading): Promise<string[]> {
  const keys = new Set<string>();
  for await (const lines of lineBlocks(path, { report: silentReporter, signal, label: '' })) {
    for (const line of lines)
      try {
        for (const key of Object.keys(parseJsonRecord(line))) keys.add(key);
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
      }
    if (keys.size > 0) break;
  }
  return [...keys];
}
