import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import test, { type ExecutionContext } from 'ava';
import { checkDataFiles } from '../../../orchestrator/dataset/check-data-files.ts';
import { takeSnapshot } from '../../../orchestrator/dataset/database/take-snapshot.ts';
import { datasetSettings } from '../../../orchestrator/dataset/settings.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { failureOf, prepare, sequencesOf } from '../fixtures.ts';

const tables = `CREATE TABLE orders AS SELECT uuid '00000000-0000-0000-0000-000000000000' AS unused, 'u' || n % 4 AS customer,
    n % 5 AS item, timestamp '2024-01-01' + n * interval 1 hour AS bought_at, 'secret' AS card FROM range(40) t(n);
  CREATE TABLE products AS SELECT n AS id, 'Kettle ' || n AS title, ['Kitchen', 'Kettles'] AS categories,
    12.5::DECIMAL(8, 2) AS price, 'hi'::BLOB AS photo, '\\xFF\\x00'::BLOB AS bytes, '[1]'::JSON AS extra, NULL::INTEGER AS missing FROM range(5) t(n)`;

async function shop(t: ExecutionContext, statements = tables) {
  const path = join(temporaryFolder(t), 'shop.duckdb');
  await change(path, statements);
  return {
    format: 'sql' as const,
    path,
    events: 'orders',
    items: 'products',
    columns: { user: 'customer', item: 'item', time: 'bought_at' },
    item_columns: { item: 'id', price: 'price', attributes: ['photo', 'bytes', 'missing'] },
  };
}

async function change(path: string, statements: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(statements);
  connection.closeSync();
  instance.closeSync();
}

const snapshotOf = (written: Awaited<ReturnType<typeof shop>>, parent: string) =>
  takeSnapshot(datasetSettings.parse(written), parent, { report: silentReporter });

test('a DuckDB file is a source like any table', async (t) => {
  const { dataset, warnings } = await prepare(await shop(t));
  t.deepEqual(warnings, []);
  t.deepEqual(sequencesOf(dataset).u1.slice(0, 3), ['1', '0', '4']);
  t.is(dataset.times?.[0], Date.UTC(2024, 0, 1) / 1000);
  t.deepEqual(dataset.items[3], {
    item_id: '3',
    title: 'Kettle 3',
    description: '',
    categories: ['Kitchen', 'Kettles'],
    brand: '',
    keywords: [],
    attributes: { price: 12.5, photo: 'hi', bytes: '\\xff00' },
  });
});

test('a query says what is read, and its own order counts where nothing else does', async (t) => {
  const settings = { ...(await shop(t)), items: 'SELECT id, upper(title) AS title FROM products' };
  const { dataset } = await prepare({
    ...settings,
    events: 'SELECT customer, item FROM orders ORDER BY bought_at DESC',
    columns: { user: 'customer', item: 'item' },
    item_columns: { item: 'id' },
  });
  t.deepEqual(sequencesOf(dataset).u3.slice(0, 2), ['4', '0']);
  t.is(dataset.items[0].title, 'KETTLE 0');
});

test('a snapshot holds the named columns alone, and is called by its rows', async (t) => {
  const settings = await shop(t);
  const parent = temporaryFolder(t);
  const first = await snapshotOf(settings, parent);
  const text = gunzipSync(readFileSync(join(first, 'events.jsonl.gz'))).toString();
  t.notRegex(text, /secret|unused/);
  t.deepEqual(JSON.parse(text.split('\n')[0]), {
    customer: 'u0',
    item: '0',
    bought_at: '2024-01-01 00:00:00',
  });
  // Written in another order, the rows are the same; with one more, they are not.
  await change(settings.path, 'CREATE OR REPLACE TABLE orders AS FROM orders ORDER BY bought_at DESC');
  t.is(await snapshotOf(settings, parent), first);
  await change(
    settings.path,
    "INSERT INTO orders SELECT * REPLACE (timestamp '2025-01-01' AS bought_at) FROM orders LIMIT 1",
  );
  const second = await snapshotOf(settings, parent);
  t.not(second, first);
  t.deepEqual(readdirSync(parent).sort(), [basename(first), basename(second)].sort());
});

test('what was read before is not asked for again', async (t) => {
  const settings = await shop(t);
  const snapshot = await snapshotOf(settings, temporaryFolder(t));
  await change(settings.path, 'DROP TABLE orders');
  t.is((await prepare({ ...settings, snapshot })).dataset.events.length, 40);
  t.is((await failureOf(t, { ...settings, snapshot: `${snapshot}x` })).code, 'dataset/no-snapshot');
});

test('only a SELECT is carried out, and it reads no other file', async (t) => {
  const settings = await shop(t);
  for (const [events, code] of [
    ['DELETE FROM orders', 'dataset/not-a-select'],
    ['SELECT 1; DROP TABLE orders', 'dataset/not-a-select'],
    [`SELECT * FROM read_text('${import.meta.filename}')`, 'dataset/database-query'],
    ["(COPY orders TO 'x.csv')", 'dataset/database-query'],
    ['nowhere', 'dataset/database-query'],
  ])
    t.is((await failureOf(t, { ...settings, events })).code, code, events);
});

test('a file that is not there, or no database, is said', async (t) => {
  const settings = await shop(t);
  t.is((await failureOf(t, { ...settings, path: `${settings.path}x` })).code, 'dataset/missing-file');
  const { code } = await failureOf(t, { ...settings, path: import.meta.filename });
  t.is(code, 'dataset/database-query');
});

test('the check before a run finds a column that is not there, and leaves nothing behind', async (t) => {
  const settings = datasetSettings.parse(await shop(t));
  await t.notThrowsAsync(checkDataFiles(settings));
  const columns = { ...settings.columns, user: 'custommer' };
  const error = await t.throwsAsync(checkDataFiles({ ...settings, columns }), { instanceOf: UserError });
  t.is(error?.code, 'dataset/unknown-column');
  t.regex(error?.message ?? '', /did you mean "customer"/);
  t.false(existsSync(`${settings.path}.wal`));
});

test('a broken row is told of the database, not of a file that is gone', async (t) => {
  const settings = await shop(t);
  await change(settings.path, 'UPDATE orders SET customer = NULL WHERE item = 0');
  const { message, place, remedy } = await failureOf(t, settings);
  t.is(place?.startsWith(`events of ${settings.path}:`), true, place);
  t.regex(message, /8 of 40 lines are broken .* no user id/);
  t.regex(remedy ?? '', /anonymous: skip/);
});

test('many rows are read with little memory', async (t) => {
  const settings = await shop(
    t,
    `CREATE TABLE orders AS SELECT md5((n % 50000)::VARCHAR) AS customer, (n * 7919) % 1000 AS item, n::DOUBLE AS bought_at FROM range(200000) t(n);
     CREATE TABLE products AS SELECT n AS id, 'x' AS title FROM range(1000) t(n)`,
  );
  let peak = 0;
  const before = process.memoryUsage().rss;
  const parent = temporaryFolder(t);
  await takeSnapshot(
    datasetSettings.parse({ ...settings, memory_limit: '100MB', item_columns: { item: 'id' } }),
    parent,
    {
      report: () => {
        peak = Math.max(peak, process.memoryUsage().rss - before);
      },
    },
  );
  t.log(`${Math.round(peak / 2 ** 20)} MB more`);
  t.true(peak < 300 * 2 ** 20, `${Math.round(peak / 2 ** 20)} MB`);
});
