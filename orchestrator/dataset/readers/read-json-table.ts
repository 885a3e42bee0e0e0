import { UserError } from '../../shared/errors.ts';
import { silentReporter } from '../../shared/reporter.ts';
import { BrokenLine } from '../source/broken-line.ts';
import type { ChooseColumns } from '../source/delimited.ts';
import { parseJsonRecord, type SourceRecord } from '../source/json-record.ts';
import { lineBlocks } from '../source/line-blocks.ts';
import { notLines, readJsonLines } from './read-json-lines.ts';
import type { Reading } from './reader.ts';

/** Hands over the chosen keys of each record of a file of JSON lines. */
export async function readJsonTable(
  path: string,
  choose: ChooseColumns,
  take: (values: unknown[]) => void,
  reading: Reading,
): Promise<void> {
  // A mistake in the mapping is shown as such, before every line counts as broken.
  const records = await firstRecords(path, reading);
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
  let chosen: (string | null)[] = [];
  try {
    if (keys.length > 0) chosen = choose(keys, path);
  } catch (error) {
    if (records.length === 1) refuseDocument(path, records[0]);
    throw withNested(error, records[0], (more) => choose([...keys, ...more], path));
  }
  if (records.length === 1) refuseColumns(path, records[0], chosen);
  await readJsonLines(
    path,
    (line) => {
      const record = parseJsonRecord(line);
      take(chosen.map((key) => (key !== null && Object.hasOwn(record, key) ? record[key] : null)));
    },
    reading,
  );
}

/** The records at the head of a file of JSON lines: a single one may lack keys. */
async function firstRecords(path: string, { signal }: Reading): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const lines of lineBlocks(path, { report: silentReporter, signal, label: '' })) {
    for (const line of lines)
      try {
        if (typeof line === 'string') records.push(parseJsonRecord(line));
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
      }
    if (records.length > 0) break;
  }
  return records;
}

const byPandas = 'in pandas: df.to_json(FILE, orient="records", lines=True)';

/** A single record without the wanted keys may be one document that holds all records. */
function refuseDocument(path: string, record: SourceRecord): void {
  const list = pathToList(record, isRecord);
  if (list !== null)
    throw notLines(
      path,
      `one JSON object with the records in "${list}"`,
      `jq -c ".${list}[]" FILE > NEW.jsonl`,
    );
  if (pathToList(record, Array.isArray) !== null)
    throw notLines(path, 'one JSON object with rows as lists', byPandas);
  if (Object.keys(record).length > 1 && Object.values(record).every(isRecord))
    throw notLines(
      path,
      'one JSON object with the records by their ids',
      `jq -c "to_entries[] | {id: .key} + .value" FILE > NEW.jsonl`,
    );
}

/** A single record with lists or maps where values are wanted is a table, written column by column. */
function refuseColumns(path: string, record: SourceRecord, chosen: readonly (string | null)[]): void {
  const values = chosen.flatMap((key) => (key === null ? [] : [record[key]]));
  if (values.every((value) => Array.isArray(value) || isRecord(value)))
    throw notLines(path, 'one JSON object that holds a table column by column', byPandas);
}

const deepestList = 3;

/** Where in a record a list of such entries is, as jq writes it: `data`, `result.rows`. */
function pathToList(record: SourceRecord, isEntry: (value: unknown) => boolean, depth = 1): string | null {
  for (const [key, value] of Object.entries(record).filter(([name]) => /^[A-Za-z_]\w*$/.test(name))) {
    if (Array.isArray(value) && value.length > 0 && isEntry(value[0])) return key;
    const inner = isRecord(value) && depth < deepestList ? pathToList(value, isEntry, depth + 1) : null;
    if (inner !== null) return `${key}.${inner}`;
  }
  return null;
}

function isRecord(value: unknown): value is SourceRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds to an error about missing keys inside of which key of the record they are. */
function withNested(
  error: unknown,
  record: SourceRecord,
  chooseWith: (more: readonly string[]) => unknown,
): unknown {
  const holder = Object.entries(record).find(([, value]) => {
    try {
      return isRecord(value) && chooseWith(Object.keys(value));
    } catch {
      return false;
    }
  });
  if (!(error instanceof UserError) || !holder) return error;
  return new UserError(error.code, error.message, {
    place: error.place,
    remedy: `${error.remedy} What is missing is inside of "${holder[0]}": lift it out, for example: jq -c ". + .${holder[0]}" FILE > NEW.jsonl.`,
    cause: error,
  });
}
