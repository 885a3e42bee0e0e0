import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ExecutionContext } from 'ava';
import type { z } from 'zod';
import { prepareDataset } from '../../orchestrator/dataset/prepare-dataset.ts';
import { datasetSettings } from '../../orchestrator/dataset/settings.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import type { ReportMessage } from '../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A temporary folder of the test's own with the given files; names that end in `.gz` are gzipped. */
export function folderWith(t: ExecutionContext, files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder(t);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const packed = name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content;
    writeFileSync(join(folder, name), packed);
  }
  return folder;
}

export interface Prepared {
  dataset: Dataset;
  warnings: string[];
  messages: ReportMessage[];
}

/** Settings as a recipe writes them: the others have their defaults. */
type Written = z.input<typeof datasetSettings>;

/** Prepares without a k-core unless the test asks for one. */
export async function prepare(written: Written, workFolder: string | null = null): Promise<Prepared> {
  const messages: ReportMessage[] = [];
  const settings = datasetSettings.parse({ k_core: 0, ...written });
  const dataset = await prepareDataset(settings, (message) => messages.push(message), { workFolder });
  const warnings = messages.flatMap((message) => (message.type === 'warning' ? [message.text] : []));
  return { dataset, warnings, messages };
}

/** Item ids by user, oldest first. */
export function sequencesOf({ userIds, items, offsets, events }: Dataset): Record<string, string[]> {
  return Object.fromEntries(
    userIds.map((id, user) => [
      id,
      [...events.subarray(offsets[user], offsets[user + 1])].map((item) => items[item].item_id),
    ]),
  );
}

/** The UserError that preparing ends with; its place and remedy are always there. */
export async function failureOf(t: ExecutionContext, written: Written): Promise<UserError> {
  const error = await t.throwsAsync(prepare(written), { instanceOf: UserError });
  t.truthy(error?.place, 'the error names a place');
  t.truthy(error?.remedy, 'the error names a remedy');
  return error as UserError;
}

export async function writeParquet(path: string, query: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

export function jsonLines(records: unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
