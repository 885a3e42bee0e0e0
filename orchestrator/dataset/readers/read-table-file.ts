import { UserError } from '../../shared/errors.ts';
import { type ChooseColumns, forEachDelimitedRow } from '../source/delimited.ts';
import { forEachParquetRow } from '../source/parquet.ts';
import { refuseOtherKinds } from '../source/text-encoding.ts';
import { readJsonTable } from './read-json-table.ts';
import { fileReading, type Reading } from './reader.ts';

export const tableKinds = '.csv, .tsv, .jsonl, .ndjson (each plain or .gz) or .parquet';

/** How the recipe names a file's columns. */
export interface TableNaming {
  /** `columns` or `item_columns`. */
  section: string;
  /** By their places: there is no header line. */
  numbered: boolean;
}

/** Hands over the chosen columns of each row of a table, whatever kind its name says that it is. */
export async function readTableFile(
  path: string,
  naming: TableNaming,
  choose: ChooseColumns,
  take: (values: unknown[]) => void,
  reading: Reading,
): Promise<void> {
  const name = nameOf(path);
  const isJson = jsonNames.test(name);
  if (isJson || isParquet(path)) {
    if (naming.numbered) throw namesThere(path, naming.section);
    if (isJson) return readJsonTable(path, choose, take, reading);
    return forEachParquetRow(path, choose, take, {
      ...fileReading(reading),
      connection: await reading.staging.tableReader(),
    });
  }
  const { separator } = reading.settings;
  const form = delimitedForm(path, separator);
  if (form === null) {
    refuseOtherKinds(path, 'a table');
    throw new UserError('dataset/unknown-table', `expected a table as ${tableKinds}`, {
      place: path,
      remedy:
        'Give the file the extension of its format, or set dataset.separator to what separates its values.',
    });
  }
  const columns = naming.numbered ? ('numbered' as const) : undefined;
  const chooseOrExplain: ChooseColumns = (names, place) => {
    try {
      return choose(names, place);
    } catch (error) {
      throw withHint(error, names, form.delimiter, naming, separator !== null);
    }
  };
  await forEachDelimitedRow({ path, ...form, columns }, chooseOrExplain, take, fileReading(reading));
}

/** What parts the values of a delimited file, and whether they may be quoted; null for a file of another kind. */
export function delimitedForm(
  path: string,
  separator: string | null,
): { delimiter: string; quotes: boolean } | null {
  const name = nameOf(path);
  if (jsonNames.test(name) || isParquet(path)) return null;
  if (!/\.(csv|tsv)$/.test(name) && separator === null) return null;
  const delimiter = separator ?? (name.endsWith('.tsv') ? '\t' : ',');
  // Values that are parted by tabs are never quoted: MIND, Last.fm, RecBole, dumps of databases.
  return { delimiter, quotes: delimiter !== '\t' };
}

const jsonNames = /\.(jsonl|ndjson|json)$/;
const isParquet = (path: string): boolean => path.toLowerCase().endsWith('.parquet');
const nameOf = (path: string): string => path.toLowerCase().replace(/\.gz$/, '');

function namesThere(path: string, section: string): UserError {
  return new UserError(
    'dataset/numbered-columns',
    `${section} uses column numbers, but the columns of this file have names`,
    {
      place: path,
      remedy: `Give the names in ${section}; numbers are for delimited files without a header line.`,
    },
  );
}

/** Adds to an unknown column what is likely wrong with the whole file: its separator, or a header that is none. */
function withHint(
  error: unknown,
  names: readonly string[],
  delimiter: string,
  { section, numbered }: TableNaming,
  forAll: boolean,
): unknown {
  if (!(error instanceof UserError) || numbered) return error;
  const other = [';', '\t', '|', ','].find(
    (separator) => separator !== delimiter && names.length === 1 && names[0].includes(separator),
  );
  const headless = names.some((name) => /^\s*$|^[-+]?[\d.]+$/.test(name));
  const hint =
    other !== undefined
      ? `The values seem to be parted by ${JSON.stringify(other)}: ${forAll ? `write this file with ${JSON.stringify(delimiter)}, since dataset.separator counts for all, or change that` : `set dataset.separator: ${JSON.stringify(other)}`}.`
      : `${headless ? 'The first line looks like data' : 'If the first line is data'}: add a header line, or count the columns from 1, as in ${section === 'columns' ? 'columns: {user: 1, item: 2, time: 4}' : 'item_columns: {item: 1, title: 2}'}.`;
  return new UserError(error.code, error.message, {
    place: error.place,
    remedy: `${error.remedy} ${hint}`,
    cause: error,
  });
}
