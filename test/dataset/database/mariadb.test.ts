import test from 'ava';
import { openDatabase } from '../../../orchestrator/dataset/database/open-database.ts';
import { failureOf, prepare, sequencesOf } from '../fixtures.ts';
import { password, type Server, startMariadb } from './servers.ts';

let server: Server | null = null;
process.env.MYSQL_PWD = password;

test.before(async () => {
  server = await startMariadb();
  await server?.run(
    `USE shop;
     CREATE TABLE \`order\` (customer binary(16), item int unsigned, at datetime(3), pieces decimal(6,2));
     INSERT INTO \`order\` SELECT unhex(concat(repeat('fe', 15), '0', seq % 5)), seq % 7, '2024-01-01' + interval seq hour, 1 FROM seq_0_to_39;
     CREATE TABLE products (id int, title varchar(50), categories json, price decimal(8,2), photo blob, weight double, sold bit(1), missing text);
     INSERT INTO products SELECT seq, concat('Käse ', seq), '["Food", "Cheese"]', 12.5, 'hi', 1.5, b'1', NULL FROM seq_0_to_6`,
  );
});
test.after.always(async () => {
  await server?.close();
});

/** Tests of a real server, where there is one on this machine. */
const withServer = (title: string, work: (t: import('ava').ExecutionContext, own: Server) => Promise<void>) =>
  test.serial(title, async (t) => {
    if (server === null) {
      t.log('skipped: there is no MariaDB here (apt-get install mariadb-server)');
      t.pass();
      return;
    }
    await work(t, server);
  });

const settings = ({ address }: Server) => ({
  format: 'sql' as const,
  path: address,
  events: 'order',
  items: 'SELECT * FROM products ORDER BY id DESC',
  columns: { user: 'customer', item: 'item', time: 'at', quantity: 'pieces' },
  item_columns: { item: 'id', price: 'price', attributes: ['photo', 'weight', 'sold', 'missing'] },
});

withServer('tables of MariaDB are read, with ids that are bytes', async (t, own) => {
  const { dataset, warnings } = await prepare(settings(own));
  t.deepEqual(warnings, []);
  t.is(dataset.events.length, 40);
  t.is(dataset.times?.[0], Date.UTC(2024, 0, 1) / 1000);
  const first = `\\x${'fe'.repeat(15)}00`;
  t.deepEqual(sequencesOf(dataset)[first].slice(0, 3), ['0', '5', '3']);
  t.deepEqual(dataset.items[0], {
    item_id: '6',
    title: 'Käse 6',
    description: '',
    categories: ['Food', 'Cheese'],
    brand: '',
    keywords: [],
    attributes: { price: 12.5, photo: 'hi', weight: 1.5, sold: '1' },
  });
});

withServer('nothing but one SELECT is carried out, and no file is written', async (t, own) => {
  for (const events of [
    'DELETE FROM `order`',
    'SELECT 1; DELETE FROM `order`',
    `SELECT * FROM products INTO OUTFILE '${own.folder}/data/written'`,
    'WITH a AS (SELECT 1) DELETE FROM `order`',
  ]) {
    const { code } = await failureOf(t, { ...settings(own), events });
    t.true(['dataset/not-a-select', 'dataset/database-query'].includes(code), `${events}: ${code}`);
  }
  t.deepEqual(await own.run('SELECT CAST(count(*) AS CHAR) AS n FROM shop.`order`'), [{ n: '40' }]);
});

withServer('a wrong password, a missing table and a missing column are told apart', async (t, own) => {
  process.env.Q_SQL_WRONG = 'wrong-and-secret';
  const wrong = await failureOf(t, { ...settings(own), password_env: 'Q_SQL_WRONG' });
  t.is(wrong.code, 'dataset/database-refused');
  t.notRegex(`${wrong.message} ${wrong.place} ${wrong.remedy}`, /wrong-and-secret/);
  t.regex((await failureOf(t, { ...settings(own), events: 'ordres' })).message, /dataset\.events: .*ordres/);
  const column = await failureOf(t, {
    ...settings(own),
    columns: { user: 'custommer', item: 'item', time: 'at' },
  });
  t.is(column.code, 'dataset/unknown-column');
});

withServer('a server that is killed while it is read gives an error', async (t, own) => {
  const database = await openDatabase(own.address, undefined);
  const rows = database
    .rowsOf("SELECT a.seq, repeat('x', 1000) FROM seq_1_to_1000000 a")
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
});

withServer(
  'an encrypted connection that the server does not offer is refused, unless it is only preferred',
  async (t, own) => {
    const required = await failureOf(t, { ...settings(own), path: `${own.address}&sslmode=require` });
    t.is(required.code, 'dataset/database-ssl');
    t.is(
      (await prepare({ ...settings(own), path: `${own.address}&sslmode=prefer` })).dataset.events.length,
      40,
    );
  },
);
