import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkPostgres } from '../../orchestrator/lists/fill-postgres.ts';
import { joinParts } from '../../orchestrator/lists/join-parts.ts';
import { outFile } from '../../orchestrator/lists/out-file.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { password, type Server, startPostgres } from '../dataset/database/servers.ts';
import { temporaryFolder } from '../temporary-folder.ts';

let server: Server | null = null;
process.env.PGPASSWORD = password;

test.before(async () => {
  server = await startPostgres();
});
test.after.always(async () => {
  await server?.close();
});

/** Tests of a real server, where there is one on this machine. */
const withServer = (title: string, work: (t: ExecutionContext, own: Server) => Promise<void>) =>
  test.serial(title, async (t) => {
    if (server === null) {
      t.log('skipped: there is no PostgreSQL here (apt-get install postgresql)');
      t.pass();
      return;
    }
    await work(t, server);
  });

const rows = (count: number, score: number) =>
  Array.from({ length: count }, (_, at) => ({
    user_id: `o'ne "${at}", {x}\\`,
    rank: 1,
    item_id: 'ключ',
    score,
    cold: true,
  }));

function given(t: ExecutionContext, own: Server, content: object[], table = 'recs') {
  const folder = temporaryFolder(t);
  const part = join(folder, 'part.jsonl');
  writeFileSync(part, content.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const out = { ...outFile(`${own.address}?table=${table}`, null), manifest: join(folder, 'manifest.json') };
  return { folder, part, out };
}

withServer('the lists are the rows of a table, and those of the night before are gone', async (t, own) => {
  const first = given(t, own, rows(5000, -0.5));
  t.deepEqual(await joinParts([first.part], first.folder, first.out), { rows: 5000, users: 5000 });
  await own.run(
    'CREATE INDEX by_item ON recs (item_id); CREATE VIEW best AS SELECT * FROM recs WHERE rank = 1',
  );
  const second = given(t, own, rows(3, -2.3456789012345678));
  writeFileSync(second.out.manifest, 'of the night before');
  await checkPostgres(second.out, undefined);
  await joinParts([second.part], second.folder, second.out);
  t.deepEqual(
    await own.run('SELECT user_id, rank, item_id, score, cold FROM best ORDER BY user_id'),
    rows(3, -2.3456789012345678),
  );
  t.false(existsSync(second.out.manifest), 'until all is done');
  t.deepEqual(await own.run("SELECT count(*)::int AS n FROM pg_indexes WHERE tablename = 'recs'"), [
    { n: 2 },
  ]);
});

withServer('a table that was made before there was a column cold is filled without it', async (t, own) => {
  await own.run('CREATE TABLE older (user_id text, rank int, item_id text, score float8)');
  const { folder, part, out } = given(t, own, rows(2, -1), 'older');
  await joinParts([part], folder, out);
  t.deepEqual(await own.run('SELECT rank, score FROM older'), [
    { rank: 1, score: -1 },
    { rank: 1, score: -1 },
  ]);
});

withServer('a table of something else is left alone, before any list is made', async (t, own) => {
  await own.run('CREATE TABLE customers AS SELECT 7 AS id');
  const { folder, part, out } = given(t, own, rows(3, -1), 'customers');
  for (const work of [checkPostgres(out, undefined), joinParts([part], folder, out)]) {
    const error = await t.throwsAsync(work, { instanceOf: UserError });
    t.is(error?.code, 'lists/other-table');
  }
  t.deepEqual(await own.run('SELECT * FROM customers'), [{ id: 7 }]);
});

withServer('a server that is killed on the way keeps the lists of the night before', async (t, own) => {
  const first = given(t, own, rows(3, -1), 'kept');
  await joinParts([first.part], first.folder, first.out);
  const second = given(t, own, rows(60_000, -2), 'kept');
  const joined = t.throwsAsync(joinParts([second.part], second.folder, second.out), {
    instanceOf: UserError,
  });
  let filling = false;
  while (!filling) {
    const found = await own.run(
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'eager-llm' AND query LIKE 'INSERT%'",
    );
    filling = (found as unknown[]).length > 0;
  }
  await own.kill();
  t.is((await joined)?.code, 'dataset/database-unreachable');
  await own.start();
  t.deepEqual(await own.run('SELECT score FROM kept'), [{ score: -1 }, { score: -1 }, { score: -1 }]);
  await joinParts([second.part], second.folder, second.out);
  t.deepEqual(await own.run('SELECT count(*)::int AS n, min(score) AS score FROM kept'), [
    { n: 60_000, score: -2 },
  ]);
});

test('an address with a password, or of another kind, is refused', (t) => {
  for (const address of [
    'postgres://shop:secret@host/shop',
    'mysql://shop@host/shop',
    'postgres://shop@host/shop?table=a;b',
  ]) {
    const error = t.throws(() => outFile(address, null), { instanceOf: UserError });
    t.is(error?.code, 'lists/address');
    t.notRegex(`${error?.message} ${error?.place}`, /secret/);
  }
  t.regex(outFile('postgres://shop@host/shop?table=recs', { number: 3, of: 16 }).path, /table=recs_3_of_16/);
});
