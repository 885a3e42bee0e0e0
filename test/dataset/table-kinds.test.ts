import { join } from 'node:path';
import test from 'ava';
import { failureOf, folderWith, jsonLines, prepare, sequencesOf, writeParquet } from './fixtures.ts';

const columns = { user: 'user_id', item: 'item_id', time: 'timestamp', rating: null };

test('columns are counted where a file has no header line', async (t) => {
  const folder = folderWith(t, {
    'ratings.csv': 'A0,B2,5.0,1400000300\nA0,B0,5.0,1400000060\nA0,B8,5.0,1400000120\n',
    'items.csv': 'B0,"One, two"\nB2,Two\n',
  });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'ratings.csv'),
    items_path: join(folder, 'items.csv'),
    columns: { user: 1, item: 2, time: 4, rating: 3 },
    item_columns: { item: 1, title: 2 },
  });
  t.deepEqual(sequencesOf(dataset), { A0: ['B0', 'B8', 'B2'] });
  t.is(dataset.items[0].title, 'One, two');
});

test('a header line is no interaction and no item where columns are counted', async (t) => {
  const folder = folderWith(t, {
    'log.csv': 'userId,item\nu,a\nu,b\nu,c\n',
    'items.csv': 'ASIN,title\na,A\n',
  });
  const { dataset, warnings } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.csv'),
    columns: { user: 1, item: 2 },
    item_columns: { item: 1, title: 2 },
    catalogue: 'all',
    max_broken_share: 0.5,
  });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c'] });
  t.is(dataset.items.length, 3);
  t.regex(
    warnings.join('\n'),
    /log\.csv:1: a header line \(userId, item\)[\s\S]*items\.csv:1: a header line/,
  );
});

test('a header that is data, and another separator, are said with what to write', async (t) => {
  const folder = folderWith(t, {
    'headless.csv': 'A0,B2,5.0,1400000000\n',
    'semicolons.csv': 'user_id;item_id;timestamp\nu;a;1\n',
    'tabs.csv': 'user_id\titem_id\ttimestamp\nu\ta\t1\n',
    'bars.tsv': 'user_id|item_id|timestamp\nu|a|1\n',
    'few.csv': 'u,a,1\n',
  });
  for (const [name, remedy] of [
    ['headless.csv', /looks like data: add a header line, or count.*columns: \{user: 1, item: 2, time: 4\}/],
    ['semicolons.csv', /set dataset\.separator: ";"/],
    ['tabs.csv', /set dataset\.separator: "\\t"/],
    ['bars.tsv', /set dataset\.separator: "\|"/],
  ] as const)
    t.regex(
      (await failureOf(t, { format: 'table', path: join(folder, name), columns })).remedy ?? '',
      remedy,
    );
  const bars = { format: 'table' as const, path: join(folder, 'bars.tsv'), columns, separator: ';' };
  t.regex((await failureOf(t, bars)).remedy ?? '', /write this file with ";"/);
  const few = await failureOf(t, {
    format: 'table',
    path: join(folder, 'few.csv'),
    columns: { user: 1, item: 2, time: 4, rating: null },
  });
  t.regex(few.message, /no column 4 \(columns\.time\)/);
});

test('a separator of its own parts a table of any name', async (t) => {
  for (const [name, separator] of [
    ['log.csv', ';'],
    ['log.txt', '|'],
    ['log.dat', '::'],
    ['log.txt', '\t'],
  ]) {
    const rows = [['user_id', 'item_id'], ...['b', 'a,1', 'c'].map((item) => ['u', item])];
    const folder = folderWith(t, { [name]: rows.map((row) => `${row.join(separator)}\n`).join('') });
    const { dataset } = await prepare({ format: 'table', path: join(folder, name), separator });
    t.deepEqual(sequencesOf(dataset), { u: ['b', 'a,1', 'c'] });
  }
});

test("Excel's line that names the separator is passed over", async (t) => {
  const folder = folderWith(t, {
    'log.csv': '\uFEFFsep=;\r\nuser_id;item_id\r\nu;"a\n1"\r\nu;b\r\nu;c\r\n',
  });
  const path = join(folder, 'log.csv');
  t.regex((await failureOf(t, { format: 'table', path })).remedy ?? '', /set dataset\.separator: ";"/);
  const { dataset } = await prepare({ format: 'table', path, separator: ';' });
  t.deepEqual(sequencesOf(dataset), { u: ['a\n1', 'b', 'c'] });
});

test('a file of another kind is refused by the name of its kind, whatever it is called', async (t) => {
  const folder = folderWith(t, {
    'log.xlsx': Buffer.from('504b030414000600', 'hex'),
    'log.csv.zst': Buffer.from('28b52ffd00000000', 'hex'),
    'log.parquet': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    'empty.csv.gz': '',
    'mixed.csv': 'user_id,item_id\ru,a\ru,b\nu,c\n',
  });
  for (const [name, said] of [
    ['log.xlsx', /workbook of Excel; expected a table/],
    ['log.csv.zst', /compressed by zstd/],
    ['log.parquet', /pointer of Git LFS/],
    ['empty.csv.gz', /got an empty file/],
    ['mixed.csv', /line ends of another kind/],
  ] as const)
    t.regex((await failureOf(t, { format: 'table', path: join(folder, name) })).message, said);
});

test('commas where none belong are named', async (t) => {
  const json = folderWith(t, {
    'log.jsonl': '{"user_id": 1, "item_id": 2},\n{"user_id": 1, "item_id": 3},\n',
  });
  const error = await failureOf(t, { format: 'table', path: join(json, 'log.jsonl') });
  t.regex(error.message, /a comma behind the record/);
  const path = folderWith(t, { 'sequences.txt': 'u1, a, b, c\nu2, b, c, d\n' });
  t.regex((await failureOf(t, { format: 'sequences', path })).message, /ids with a comma behind them/);
});

test('Amazon: a review without the seconds has its date', async (t) => {
  for (const format of ['amazon-2014', 'amazon-2018'] as const) {
    const reviews = ['07 23, 2014', '07 3, 2014', '08 1, 2014'].map((reviewTime, at) => ({
      reviewerID: 'u',
      asin: `i${at}`,
      reviewTime,
    }));
    const { dataset } = await prepare({
      format,
      path: folderWith(t, { 'reviews.json': jsonLines(reviews) }),
    });
    t.deepEqual(sequencesOf(dataset), { u: ['i1', 'i0', 'i2'] });
  }
});

test('settings of columns that do not count are refused, not passed over', async (t) => {
  const folder = folderWith(t, {
    'sequences.txt': 'u a b c\n',
    'log.jsonl': jsonLines([{ user_id: 'u', item_id: 'a' }]),
    'log.csv': 'user_id,item_id\nu,a\n',
    'log.inter': 'user_id:token\titem_id:token\ttimestamp:float\nu\ta\t1\n',
  });
  const own = { ...columns, item: 'product' };
  const unused = await failureOf(t, { format: 'sequences', path: folder, columns: own, separator: ';' });
  t.regex(
    unused.message,
    /columns counts for format: table, sql, recbole, shopify and woocommerce alone.*; separator counts/,
  );
  const counted = { user: 1, item: 2, time: null, rating: null };
  for (const [name, code] of [
    ['log.jsonl', 'dataset/numbered-columns'],
    ['log.csv', 'dataset/mixed-columns'],
  ])
    t.is(
      (
        await failureOf(t, {
          format: 'table',
          path: join(folder, name),
          columns: name === 'log.csv' ? { ...counted, item: 'item_id' } : counted,
        })
      ).code,
      code,
    );
  const recbole = await failureOf(t, {
    format: 'recbole',
    path: join(folder, 'log.inter'),
    columns: counted,
  });
  t.regex(recbole.message, /columns are named with format: recbole/);
});

test('recbole: the fields may have names of their own', async (t) => {
  const path = folderWith(t, {
    'steam.inter': 'uid:token\tproduct_id:token\tat:float\nu\tb\t2.0\nu\ta\t1\nu\tc\t3\n',
    'steam.item': 'product_id:token\tlabel:token_seq\na\tHeroes\rof "old\nb\tB\n',
  });
  const { dataset } = await prepare({
    format: 'recbole',
    path,
    columns: { user: 'uid', item: 'product_id', time: 'at', rating: null },
    item_columns: { title: 'label' },
  });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c'] });
  t.is(dataset.items[0].title, 'Heroes of "old');
});

test('one JSON document is no file of JSON lines, and that is what is said', async (t) => {
  const records = ['a', 'b', 'c'].map((item_id, timestamp) => ({ user_id: 'u', item_id, timestamp }));
  for (const [content, what] of [
    [JSON.stringify(records, null, 1), /one JSON array/],
    [JSON.stringify(records), /one JSON array/],
    ['[]', /one JSON array/],
    [JSON.stringify({ data: records }, null, 2), /one JSON object over several lines/],
    [JSON.stringify(records[0], null, 2), /one JSON object over several lines/],
    [JSON.stringify({ data: records, total: 3 }), /with the records in "data"/],
    [JSON.stringify({ result: { rows: records } }), /with the records in "result\.rows"/],
    [JSON.stringify({ columns: ['user_id'], data: [['u', 'a', 1]] }), /rows as lists/],
    [JSON.stringify({ 1: records[0], 2: records[1] }), /records by their ids/],
    [JSON.stringify({ user_id: { 0: 'u' }, item_id: { 0: 'a' }, timestamp: { 0: 1 } }), /column by column/],
  ] as const)
    for (const name of ['log.json', 'log.jsonl.gz']) {
      const path = join(folderWith(t, { [name]: content }), name);
      const error = await failureOf(t, { format: 'table', path, columns });
      t.is(error.code, 'dataset/json-document');
      t.regex(error.message, what);
      t.regex(error.remedy ?? '', /one record a line/);
    }
  const reviews = folderWith(t, { 'reviews.json': JSON.stringify(records) });
  t.is((await failureOf(t, { format: 'amazon-2018', path: reviews })).code, 'dataset/json-document');
  const path = join(folderWith(t, { 'log.jsonl': '["u", "a", 1]\n["u", "b", 2]\n' }), 'log.jsonl');
  t.regex(
    (await failureOf(t, { format: 'table', path, columns })).message,
    /expected one record, got a list/,
  );
  for (const [content, said] of [
    [records.map((record) => JSON.stringify(record)).join(' '), /more than one record in a line.*jq -c "\."/],
    [jsonLines(records.map(({ user_id, ...rest }) => ({ user_id, event: rest }))), /inside of "event"/],
  ] as const) {
    const odd = join(folderWith(t, { 'log.jsonl': content }), 'log.jsonl');
    const { message, remedy } = await failureOf(t, { format: 'table', path: odd, columns });
    t.regex(`${message} ${remedy}`, said);
  }
});

test('what Python prints of dicts is read like JSON lines', async (t) => {
  const line = (item: string, at: number) =>
    `{'user_id': u'u', "item_id": "${item}", 'timestamp': ${at}, 'x': None}\n`;
  const path = join(
    folderWith(t, { 'log.jsonl': line('b', 2) + line("o'a", 1) + line('c', 3) }),
    'log.jsonl',
  );
  const { dataset } = await prepare({ format: 'table', path, columns });
  t.deepEqual(sequencesOf(dataset), { u: ["o'a", 'b', 'c'] });
});

test('Parquet: ids in 32 bits that have lost their digits are refused, and odd paths are read', async (t) => {
  const folder = folderWith(t, {});
  const path = join(folder, 'a*b[c]?.parquet');
  const query = (id: string) =>
    `SELECT 'u' AS user_id, (${id})::FLOAT AS item_id, n AS timestamp FROM (VALUES (1), (2), (3)) AS log(n)`;
  await writeParquet(path, query('16777217 + n'));
  t.regex((await failureOf(t, { format: 'table', path, columns })).message, /lost its last digits/);
  await writeParquet(path, query('10 - n'));
  t.deepEqual(sequencesOf((await prepare({ format: 'table', path, columns })).dataset), {
    u: ['9', '8', '7'],
  });
});

test('Parquet: ids keep their digits whatever their type, bytes are texts, what nests is as in JSON', async (t) => {
  const folder = folderWith(t, {});
  const log = join(folder, 'log.parquet');
  const items = join(folder, 'items.parquet');
  const kinds: [string, string, string[]][] = [
    ['DOUBLE', '2.0, 0.0, 8.0', ['2', '0', '8']],
    [
      'BIGINT',
      '1152921504606846976, 1152921504606846977, 3',
      ['1152921504606846976', '1152921504606846977', '3'],
    ],
    ['UBIGINT', '18446744073709551615, 1, 2', ['18446744073709551615', '1', '2']],
    ['DECIMAL(20,0)', '11529215046068469761, 1, 2', ['11529215046068469761', '1', '2']],
    ['DECIMAL(8,2)', '2.00, 1.00, 3.00', ['2', '1', '3']],
    ['BLOB', `'\\xC3\\xA9'::BLOB, 'b'::BLOB, 'c'::BLOB`, ['é', 'b', 'c']],
    ['VARCHAR', `'007', '2.0', 'x'`, ['007', '2.0', 'x']],
    ['DATE', `'2014-05-13', '2014-05-14', '2014-05-15'`, ['2014-05-13', '2014-05-14', '2014-05-15']],
    [
      'TIMESTAMPTZ',
      `'2014-05-13 12:00:00+02', '2014-05-14 12:00:00+02', '2014-05-15 12:00:00+02'`,
      ['2014-05-13 10:00:00 UTC', '2014-05-14 10:00:00 UTC', '2014-05-15 10:00:00 UTC'],
    ],
  ];
  for (const [type, values, ids] of kinds) {
    await writeParquet(log, `SELECT 'u' AS user_id, unnest([${values}])::${type} AS item_id`);
    const { dataset } = await prepare({ format: 'table', path: log });
    t.deepEqual(sequencesOf(dataset), { u: ids }, type);
  }
  await writeParquet(
    log,
    `SELECT 'u' AS user_id, unnest(['a', 'b', 'c']) AS item_id, unnest([TIMESTAMPTZ '2020-01-03 00:00:00+02', TIMESTAMPTZ '2020-01-02 00:00:00+02', TIMESTAMPTZ '2020-01-01 00:00:00+02']) AS timestamp`,
  );
  await writeParquet(
    items,
    `SELECT 'a' AS item_id, 'Caf\\xC3\\xA9'::BLOB AS title, ['x'::BLOB, '\\xC3\\xA9'::BLOB] AS categories, [['k', NULL], ['l']] AS keywords, 'nan'::DOUBLE AS brand, {'de': 'kein Text'} AS description
     UNION ALL SELECT 'b', 'caf\\xE9'::BLOB, [], [], 1.5, NULL UNION ALL SELECT 'c', NULL, NULL, NULL, NULL, NULL`,
  );
  const options = { format: 'table' as const, path: log, columns, items_path: items, max_broken_share: 1 };
  const { dataset, warnings } = await prepare(options);
  t.deepEqual(sequencesOf(dataset), { u: ['c', 'b', 'a'] });
  t.true(warnings.some((text) => /items\.parquet:1: an object where a text belongs \(keys: de\)/.test(text)));
  t.true(warnings.some((text) => /items\.parquet:2: bytes that are not UTF-8/.test(text)));
  await writeParquet(
    items,
    `SELECT 'a' AS item_id, 'Caf\\xC3\\xA9'::BLOB AS title, ['x'::BLOB, '\\xC3\\xA9'::BLOB] AS categories, [['k', NULL], ['l']] AS keywords, 'nan'::DOUBLE AS brand`,
  );
  const [item] = (await prepare(options)).dataset.items;
  t.deepEqual(item, {
    item_id: 'a',
    title: 'Café',
    description: '',
    categories: ['x', 'é'],
    brand: '',
    keywords: ['k', 'l'],
  });
});

test('ids that have lost digits are named as that, with what to do', async (t) => {
  const folder = folderWith(t, {
    'excel.csv': 'user_id,item_id\n1.15292E+18,a\n1.15292E+18,b\n',
    'wide.jsonl': '{"user_id": 1.152921504606847e18, "item_id": "a"}\n',
  });
  for (const name of ['excel.csv', 'wide.jsonl']) {
    const error = await failureOf(t, { format: 'table', path: join(folder, name) });
    t.regex(error.message, /a number that has lost its last digits/);
    t.regex(error.remedy ?? '', /Write ids as texts/);
  }
});

test('sequences: blanks and tabs alone part ids, and a carriage return within a line is a broken one', async (t) => {
  const path = folderWith(t, { 'sequences.txt': ' u\ta\u00a0x  b c \r\nv a\rw b c\n' });
  const { dataset, warnings } = await prepare({ format: 'sequences', path, max_broken_share: 0.5 });
  t.deepEqual(sequencesOf(dataset), { u: ['a\u00a0x', 'b', 'c'] });
  t.regex(warnings[0], /sequences\.txt:2: a carriage return within the line/);
});

test('a file in Latin-1 that was converted to UTF-8 is read as what it is', async (t) => {
  const path = folderWith(t, {
    'ratings.dat': '1::10::5::30\n1::20::3::10\n1::30::4::20\n',
    'movies.dat': '10::Misérables, Les (1995)::Drama\n',
  });
  const { dataset } = await prepare({ format: 'movielens', path });
  t.is(dataset.items[0].title, 'Misérables, Les (1995)');
});
