import { UserError } from '../../shared/errors.ts';
import type { ColumnName } from '../settings.ts';
import type { ChooseColumns } from '../source/delimited.ts';
import { requireFile } from '../source/files.ts';
import { chooseColumns } from './choose-columns.ts';
import { createEventRows } from './event-rows.ts';
import { createItemRows } from './item-rows.ts';
import { stagePlainEvents } from './plain-events.ts';
import { delimitedForm, readTableFile, tableKinds } from './read-table-file.ts';
import { eventNeeds, type Reader, type Reading } from './reader.ts';
import { eventColumns } from './wanted-columns.ts';

/**
 * Any delimited file, JSON lines or Parquet file of interactions, and one of items where `items_path` names it, read by
 * the names of their columns, or by their places where there is no header line. Without a time column the rows are in
 * order already.
 */
export const readTable: Reader = async (reading) => {
  const { settings, report } = reading;
  const { columns } = settings;
  const needs = eventNeeds(reading, columns.time !== null);
  const path = requireFile(settings.path, `a table of interactions (${tableKinds})`);
  if (needs.rating && columns.rating === null)
    throw new UserError('dataset/no-rating-column', 'min_rating needs a rating column', {
      place: path,
      remedy: 'Name it in columns.rating, or remove min_rating.',
    });
  const numbered = isNumbered(columns, path, 'columns');
  const choose: ChooseColumns = (names, place) => chooseColumns(eventColumns(settings), names, place);
  const form = delimitedForm(path, settings.separator);
  if (!form || !(await stagePlainEvents({ path, ...form, numbered }, choose, reading))) {
    const events = createEventRows(path, needs, reading);
    await readTableFile(path, { section: 'columns', numbered }, choose, events.take, reading);
    events.finish();
  }
  if (settings.items_path === null) {
    report({ type: 'warning', text: `${path}: no items_path, the items have no text` });
    return;
  }
  await readItemTable(settings.items_path, reading);
};

/** The items of a table alone. */
export async function readItemTable(path: string, reading: Reading): Promise<void> {
  const { settings } = reading;
  const { item_columns } = settings;
  const items = createItemRows(path, reading);
  await readTableFile(
    requireFile(path, `a table of items (${tableKinds})`),
    {
      section: 'item_columns',
      numbered: isNumbered(item_columns, path, 'item_columns'),
    },
    (names, place) => chooseColumns(items.wanted(names), names, place),
    items.take,
    reading,
  );
  items.finish();
}

/** Whether columns are named by their places: all of them then, for there is no header line. */
function isNumbered(columns: object, path: string, section: string): boolean {
  const named = Object.entries(columns).flatMap(([key, column]): [string, ColumnName][] =>
    [column].flat().flatMap((one) => (one === null ? [] : [[key, one]])),
  );
  const numbered = named.filter(([, column]) => typeof column === 'number');
  if (numbered.length === 0) return false;
  if (numbered.length === named.length) return true;
  const texts = named.filter(([, column]) => typeof column === 'string');
  throw new UserError(
    'dataset/mixed-columns',
    `${section} uses numbers for some columns and names for others: ${texts.map(([key, column]) => `${key} is "${column}"`).join(', ')}`,
    {
      place: path,
      remedy: 'Use numbers for all (a file without a header line), or names for all.',
    },
  );
}
