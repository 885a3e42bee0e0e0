import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import type { Shard } from './shard.ts';

const formats = { '.parquet': 'parquet', '.csv': 'csv', '.jsonl': 'jsonl', '.duckdb': 'duckdb' } as const;

export type OutFormat = (typeof formats)[keyof typeof formats];

/** Where the lists go, and as what. */
export interface OutFile {
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
