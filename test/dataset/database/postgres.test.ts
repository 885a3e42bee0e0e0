import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openDatabase } from '../../../orchestrator/dataset/database/open-database.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { failureOf, prepare, sequencesOf } from '../fixtures.ts';
import { password, type Server, startPostgres } from './servers.ts';

let server: Server | null = null;
process.env.Q_SQL_PASSWORD = password;
delete process.env.PGPASSWORD;

test.before(async () => {
  server = await startPostgres();
  await server?.run(
    `CREATE TABLE orders (customer uuid, item integer, at timestamptz, rating numeric(3,1), pieces bigint);
     INSERT INTO orders SELECT ('00000000-0000-0000-0000-00000000000' || n % 5)::uuid, n % 7,
       timestamptz '2024-03-31 00:30:00 Europe/Berlin' + n * interval '1 hour', 4.5, 1 FROM generate_series(0, 39) n;
     CREATE TABLE products (id integer, title text, categories text[], price money, extra jsonb, photo bytea, weight real, sold boolean, missing text);
     INSERT INTO products SELECT n, 'Kettle ' || n, ARRAY['Kitchen, large', 'Kettles'], 12.5, '{"a": [1]}', '\\x6869', 1.5, true, NULL FROM generate_series(0, 6) n`,
  );
});
test.after.always(async () => {
  await server?.close();
});

/** Tests of a real server, where there is one on this machine. */
const withServer = (title: string, work: (t: import('ava').ExecutionContext, own: Server) => Promise<void>) =>
  test.serial(title, async (t) => {
    if (server === null) {
      t.log('skipped: there is no PostgreSQL here (apt-get install postgresql)');
      t.pass();
      return;
    }
    await work(t, server);
  });

const settings = ({ address }: Server) => ({
  format: 'sql' as const,
  path: address,
  password_env: 'Q_SQL_PASSWORD',
  events: 'orders',
  items: 'products',
  columns: { user: 'customer', item: 'item', time: 'at', quantity: 'pieces' },
  item_columns: { item: 'id', price: 'price', attributes: ['photo', 'weight', 'sold', 'missing'] },
});

withServer(
  'orders and products are read by the names of their columns, with the types of PostgreSQL',
  async (t, own) => {
    const { dataset, warnings } = await prepare(settings(own));
    t.deepEqual(warnings, []);
    t.is(dataset.userIds.length, 5);
    t.is(dataset.events.length, 40);
    // 00:30 in Berlin is 23:30 UTC of the day before.
    t.is(dataset.times?.[0], Date.UTC(2024, 2, 30, 23, 30) / 1000);
    t.deepEqual(sequencesOf(dataset)['00000000-0000-0000-0000-000000000000'].slice(0, 3), ['0', '5', '3']);
    t.deepEqual(
      dataset.items.find(({ item_id }) => item_id === '3'),
      {
        item_id: '3',
        title: 'Kettle 3',
        description: '',
        categories: ['Kitchen, large', 'Kettles'],
        brand: '',
        keywords: [],
        attributes: { price: 12.5, photo: 'hi', weight: 1.5, sold: 'true' },
      },
    );
  },
);

withServer('nothing but one SELECT is carried out', async (t, own) => {
  for (const events of [
    'DELETE FROM orders',
    'SELECT 1; DELETE FROM orders',
    // What ends the read-only transaction first.
    'SELECT 1; COMMIT; DELETE FROM orders',
    'SELECT 1; ROLLBACK; BEGIN READ WRITE; DELETE FROM orders; COMMIT; SELECT 1',
    'WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone',
    "SELECT nextval('counted') AS customer, 1 AS item, now() AS at, 1 AS pieces",
  ]) {
    await own.run('CREATE SEQUENCE IF NOT EXISTS counted');
    const { code } = await failureOf(t, { ...settings(own), events });
    t.true(['dataset/not-a-select', 'dataset/database-query'].includes(code), `${events}: ${code}`);
  }
  t.deepEqual(await own.run('SELECT count(*)::int AS left FROM orders'), [{ left: 40 }]);
});

withServer(
  'a wrong password, a missing table and a missing column are told apart, and no password is told',
  async (t, own) => {
    process.env.Q_SQL_WRONG = 'wrong-and-secret';
    const wrong = await failureOf(t, { ...settings(own), password_env: 'Q_SQL_WRONG' });
    t.is(wrong.code, 'dataset/database-refused');
    t.notRegex(`${wrong.message} ${wrong.place} ${wrong.remedy}`, /wrong-and-secret/);
    t.is((await failureOf(t, { ...settings(own), password_env: 'Q_SQL_UNSET' })).code, 'dataset/no-password');
    t.regex(
      (await failureOf(t, { ...settings(own), events: 'ordres' })).message,
      /dataset\.events: .*ordres/,
    );
    const column = await failureOf(t, {
      ...settings(own),
      columns: { user: 'custommer', item: 'item', time: 'at' },
    });
    t.is(column.code, 'dataset/unknown-column');
    t.regex(column.message, /did you mean "customer"/);
  },
);

withServer('rows without an order are refused where nothing tells their time', async (t, own) => {
  const columns = { user: 'customer', item: 'item' };
  t.is((await failureOf(t, { ...settings(own), columns })).code, 'dataset/no-order');
  const events = 'SELECT customer, item FROM orders ORDER BY at DESC';
  const { dataset } = await prepare({ ...settings(own), columns, events });
  t.is(sequencesOf(dataset)['00000000-0000-0000-0000-000000000000'][0], '0');
});

withServer('a connection is encrypted as the address asks', async (t, own) => {
  const asked = (mode: string) => openDatabase(`${own.address}?sslmode=${mode}`, 'Q_SQL_PASSWORD');
  const encrypted = async (mode: string) => {
    const database = await asked(mode);
    try {
      const query = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      const { value } = await database.rowsOf(query)[Symbol.asyncIterator]().next();
      return value[0][0];
    } finally {
      await database.close();
    }
  };
  t.false(await encrypted('disable'));
  const [on] = (await own.run('SHOW ssl')) as { ssl: string }[];
  if (on.ssl !== 'on') return t.log('there is no openssl here to make a certificate with');
  t.true(await encrypted('prefer'));
  t.true(await encrypted('require'));
  const unknown = await t.throwsAsync(asked('verify-full'), { instanceOf: UserError });
  t.is(unknown?.code, 'dataset/database-ssl');
  const root = encodeURIComponent(join(own.folder, 'data/server.crt'));
  t.true(readFileSync(decodeURIComponent(root), 'utf8').includes('CERTIFICATE'));
  t.true(await encrypted(`verify-full&sslrootcert=${root}`));
});

withServer(
  'a server that is killed while it is read gives an error, and no half snapshot',
  async (t, own) => {
    const database = await openDatabase(own.address, 'Q_SQL_PASSWORD');
    const rows = database
      .rowsOf("SELECT n, repeat('x', 1000) FROM generate_series(1, 1000000) n")
      [Symbol.asyncIterator]();
    await rows.next();
    await own.kill();
    await t.throwsAsync(async () => {
      while (!(await rows.next()).done);
    });
    await database.close();
    t.is((await failureOf(t, settings(own))).code, 'dataset/database-unreachable');
    await own.start();
    t.is((await prepare(settings(own))).dataset.events.length, 40);
  },
);
