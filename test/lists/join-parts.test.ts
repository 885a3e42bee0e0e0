import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import test, { type ExecutionContext } from 'ava';
import { joinParts } from '../../orchestrator/lists/join-parts.ts';
import { type OutFile, outFile } from '../../orchestrator/lists/out-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

// Ids may hold anything that a line can.
const rows = [
  { user_id: "o\"ne, '1'", rank: 1, item_id: '007', score: -0.1, cold: false },
  { user_id: "o\"ne, '1'", rank: 2, item_id: 'ключ;', score: -2.3456789012345678, cold: true },
  { user_id: '2', rank: 1, item_id: '1e5', score: -3, cold: false },
];

function parts(t: ExecutionContext, out: string): { folder: string; files: string[]; target: OutFile } {
  const folder = temporaryFolder(t);
  const texts = [rows.slice(0, 2), [], rows.slice(2)].map((own) =>
    own.map((row) => `${JSON.stringify(row)}\n`).join(''),
  );
  const files = texts.map((text, at) => {
    const file = join(folder, `part [${at}].jsonl`);
    writeFileSync(file, text);
    return file;
  });
  return { folder, files, target: outFile(join(folder, out), null) };
}

async function query(sql: string, database = ':memory:'): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  const found = (await connection.runAndReadAll(sql)).getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return found;
}

for (const [name, read] of [
  ["li'sts.parquet", 'read_parquet'],
  ['lists.csv', 'read_csv'],
  ['lists.jsonl', 'read_json'],
])
  test(`all rows are in the file, in order and as they are: ${name}`, async (t) => {
    const { folder, files, target } = parts(t, name);
    t.deepEqual(await joinParts(files, folder, target), { rows: 3, users: 2 });
    const place = target.path.replaceAll("'", "''");
    const types = "types = {user_id: 'VARCHAR', item_id: 'VARCHAR'}";
    const columns =
      "columns = {user_id: 'VARCHAR', rank: 'INTEGER', item_id: 'VARCHAR', score: 'DOUBLE', cold: 'BOOLEAN'}";
    const how = read === 'read_csv' ? `, ${types}` : read === 'read_json' ? `, ${columns}` : '';
    const found = await query(
      `SELECT user_id, rank::INTEGER rank, item_id, score, cold FROM ${read}('${place}'${how})`,
    );
    t.deepEqual(found, rows);
  });

test('lists without an item are a file without a row', async (t) => {
  const { folder, files, target } = parts(t, 'lists.csv');
  t.deepEqual(await joinParts([files[1]], folder, target), { rows: 0, users: 0 });
  t.is(readFileSync(target.path, 'utf8'), 'user_id,rank,item_id,score,cold\n');
});

test('in a database that is there only the table of the lists is replaced', async (t) => {
  const { folder, files, target } = parts(t, 'shop.duckdb');
  await joinParts(files.slice(0, 1), folder, target);
  t.deepEqual(await query('FROM recommendations', target.path), rows.slice(0, 2));
  await query('CREATE TABLE customers AS SELECT 7 AS id', target.path);
  writeFileSync(target.manifest, 'of the night before');
  await joinParts(files, folder, target);
  t.deepEqual(await query('FROM recommendations', target.path), rows);
  t.deepEqual(await query('FROM customers', target.path), [{ id: 7 }]);
  t.false(existsSync(target.manifest), 'the next one is written when all is done');
});

test('a file that is no database is not touched', async (t) => {
  const { folder, files, target } = parts(t, 'shop.duckdb');
  writeFileSync(
    target.path,
    'something else that is long enough to be looked at as a database file'.repeat(100),
  );
  const before = readFileSync(target.path);
  await t.throwsAsync(joinParts(files, folder, target), { code: 'lists/not-written' });
  t.deepEqual(readFileSync(target.path), before);
});
