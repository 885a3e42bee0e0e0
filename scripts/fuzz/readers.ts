import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { prepareDataset } from '../../orchestrator/dataset/prepare-dataset.ts';
import { saveDataset } from '../../orchestrator/dataset/save-dataset.ts';
import { datasetSettings } from '../../orchestrator/dataset/settings.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import type { Random } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { damageBytes, damageText, oneOf } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';
import { type WrittenLog, writtenLogs } from './written-logs.ts';

/**
 * A log with item texts in one of the formats. Whole, in any way that a format allows, it has to be read as it was
 * written; with damage in one file it may be refused, or read to a dataset that is saved and loaded as it is.
 */
export const readers: FuzzKind = {
  name: 'readers',
  async run(random, folder) {
    const written = oneOf(random, writtenLogs)(random);
    const whole = random.integer(3) === 0;
    const damaged = random.integer(Object.keys(written.files).length);
    for (const [at, [name, content]] of Object.entries(written.files).entries()) {
      const path = join(folder, 'data', name);
      mkdirSync(dirname(path), { recursive: true });
      const bytes = Buffer.from(content);
      writeFileSync(path, !whole && at === damaged ? damage(random, name, bytes) : bytes);
    }
    if (written.parquet) await toParquet(join(folder, 'data'), written.parquet);
    if (written.parquet && !whole) damageFile(random, join(folder, 'data', 'log.parquet'));
    const options = written.options(join(folder, 'data'));
    const dataset = await prepareDataset(
      datasetSettings.parse({
        k_core: 0,
        max_broken_share: whole ? 0 : oneOf(random, [0, 0.5, 1]),
        ...options,
      }),
      silentReporter,
      { workFolder: folder },
    );
    if (whole) checkRead(dataset, written);
    const out = join(folder, 'out');
    saveDataset(dataset, out);
    assert.deepEqual(loadDataset(out), dataset);
    damageFile(random, join(out, oneOf(random, readdirSync(out).sort())));
    loadDataset(out);
  },
};

function checkRead(dataset: Dataset, { sequences, titles }: WrittenLog): void {
  const { userIds, items, offsets, events } = dataset;
  const read = userIds.map((user, at) => [
    user,
    [...events.subarray(offsets[at], offsets[at + 1])].map((item) => items[item].item_id),
  ]);
  assert.deepEqual(Object.fromEntries(read), sequences);
  for (const { item_id, title } of items) assert.equal(title, titles[item_id] ?? '');
}

function damage(random: Random, name: string, bytes: Buffer): Uint8Array {
  const packed = name.endsWith('.gz');
  if (packed && random.integer(3) === 0) return damageBytes(random, bytes);
  const plain = packed ? gunzipSync(bytes) : bytes;
  const changed =
    random.integer(3) === 0
      ? damageBytes(random, plain)
      : recoded(random, damageText(random, plain.toString('utf8')));
  return packed ? gzipSync(changed) : changed;
}

/** Now and then a whole file in another encoding. */
function recoded(random: Random, text: string): Buffer {
  const encoding = random.integer(8) === 0 ? oneOf(random, ['utf16le', 'latin1'] as const) : 'utf8';
  return Buffer.from(text, encoding);
}

function damageFile(random: Random, path: string): void {
  writeFileSync(path, damageBytes(random, readFileSync(path)));
}

async function toParquet(folder: string, query: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${join(folder, 'log.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
