import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { hashFile } from '../storage/hash.ts';
import { writeJson } from '../storage/json-file.ts';
import type { OutFile } from './out-file.ts';

const manifest = z.strictObject({
  schema_version: z.literal(1),
  run: z.string(),
  /** The version of the run. */
  run_version: z.int(),
  /** What held for every list, as a request gives it. */
  rules: z.record(z.string(), z.unknown()),
  k: z.int(),
  /** `3/16`, or null for all users. */
  shard: z.string().nullable(),
  /** Users that were asked for, and those of them whose list is empty. */
  users: z.int(),
  without_items: z.int(),
  /** Lines of the users' file that are no users of the run, or name one again. */
  unknown_users: z.int(),
  repeated_users: z.int(),
  rows: z.int(),
  /** Items that no list could hold. */
  unavailable_items: z.int(),
  finished_at: z.string(),
  file: z.strictObject({
    name: z.string(),
    format: z.enum(['parquet', 'csv', 'jsonl', 'duckdb', 'postgres']),
    /** Null for a table of a server. */
    bytes: z.int().nullable(),
    /** Null for a database, which others may write into as well. */
    sha256: z.string().nullable(),
  }),
});

/** Written last, beside the file of lists: without it the file is not done. */
export type ListsManifest = z.infer<typeof manifest>;

export async function writeListsManifest(
  out: OutFile,
  figures: Omit<ListsManifest, 'schema_version' | 'finished_at' | 'file'>,
): Promise<ListsManifest> {
  const { path, format } = out;
  const content = manifest.parse({
    schema_version: 1,
    ...figures,
    finished_at: new Date().toISOString(),
    file: {
      name: format === 'postgres' ? path : basename(path),
      format,
      bytes: format === 'postgres' ? null : statSync(path).size,
      sha256: format === 'duckdb' || format === 'postgres' ? null : await hashFile(path),
    },
  });
  writeJson(out.manifest, content);
  return content;
}
