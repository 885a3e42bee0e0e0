import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { addressConflict, isServerAddress, parseAddress } from '../shared/database-address.ts';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import type { Shard } from './shard.ts';

const formats = { '.parquet': 'parquet', '.csv': 'csv', '.jsonl': 'jsonl', '.duckdb': 'duckdb' } as const;

export type OutFormat = (typeof formats)[keyof typeof formats] | 'postgres';

/** Where the lists go, and as what. */
export interface OutFile {
  /** A file, or the address of a table. */
  path: string;
  format: OutFormat;
  /** Folder of the finished parts, next to it. */
  parts: string;
  /** Written last. */
  manifest: string;
}

/**
 * The file for lists, by its ending; a shard's has its number in its name (`recs.3-of-16.parquet`), so that shards
 * never take each other's place. Throws a UserError for an unknown ending, or where no such file can be.
 */
export function outFile(out: string, shard: Shard | null): OutFile {
  if (isServerAddress(out)) return outTable(out, shard);
  const ending = extname(out).toLowerCase();
  const format = formats[ending as keyof typeof formats];
  if (!format)
    throw new UserError(
      'lists/ending',
      `${ending ? `the ending ${ending} is not known` : 'has no ending'}; expected ${Object.keys(formats).join(', ')}`,
      { place: out, remedy: 'As in --out recs.parquet.' },
    );
  const own = shard ? `${out.slice(0, -ending.length)}.${shard.number}-of-${shard.of}${ending}` : out;
  const path = resolve(own);
  if (!isThere(dirname(path)))
    throw new UserError('lists/no-folder', 'the folder of the file does not exist', {
      place: dirname(path),
      remedy: 'Make it first, or name a file in another folder.',
    });
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError('lists/is-folder', 'is a folder where the file is to be', {
      place: path,
      remedy: 'Name a file, as in --out recs.parquet.',
    });
  return { path, format, parts: `${path}.parts`, manifest: `${path}.manifest.json` };
}

const usualTable = 'recommendations';
const tableName = /^[A-Za-z_][A-Za-z0-9_]{0,49}(\.[A-Za-z_][A-Za-z0-9_]{0,49})?$/;

/** A table of PostgreSQL; the finished parts and the manifest lie in the working folder, under the table's name. */
function outTable(out: string, shard: Shard | null): OutFile {
  const conflict = addressConflict(out);
  const refuse = (message: string, remedy: string) =>
    new UserError('lists/address', message, { place: '--out', remedy });
  if (conflict) throw refuse(conflict.message, conflict.remedy);
  const { kind, table, database } = parseAddress(out);
  if (kind !== 'postgres')
    throw refuse(
      'lists are written into PostgreSQL alone, got MySQL',
      'Write a file, as in --out recs.csv, and load it there.',
    );
  const named = table ?? usualTable;
  if (!tableName.test(named))
    throw refuse(
      `"${named.slice(0, 60)}" is no name of a table; expected letters, digits and _`,
      'As in --out "postgres://shop@host/shop?table=recs".',
    );
  const own = shard ? `${named}_${shard.number}_of_${shard.of}` : named;
  const address = new URL(out);
  address.searchParams.set('table', own);
  const local = resolve(`${database}.${own}`.replace(/[^\w.-]/g, '-'));
  return {
    path: address.href,
    format: 'postgres',
    parts: `${local}.parts`,
    manifest: `${local}.manifest.json`,
  };
}
