import { join } from 'node:path';
import test from 'ava';
import { folderWith, jsonLines, prepare, sequencesOf, writeParquet } from './fixtures.ts';

test('sequences: users, their items in order, and the items of items.jsonl in its order', async (t) => {
  const path = folderWith(t, {
    'sequences.txt': 'u1 b a c\nu2 a c b d\n',
    'items.jsonl': jsonLines([
      { item_id: 'a', title: 'Soap', keywords: ['clean', 'clean', 'bar'] },
      { item_id: 'unseen', title: 'Nobody took it' },
      { item_id: 'b', title: ' Two\n lines ', brand: 'B', categories: ['Beauty', 'Bath'] },
      { item_id: 'c', title: 'C' },
    ]),
  });
  const { dataset } = await prepare({ format: 'sequences', path });
  t.deepEqual(sequencesOf(dataset), { u1: ['b', 'a', 'c'], u2: ['a', 'c', 'b', 'd'] });
  t.deepEqual(
    dataset.items.map(({ item_id, title }) => `${item_id}:${title}`),
    ['a:Soap', 'b:Two lines', 'c:C', 'd:'],
  );
  t.deepEqual(dataset.items[0].keywords, ['clean', 'bar']);
  t.deepEqual(dataset.items[1].categories, ['Beauty', 'Bath']);
});

const reviews2014 = [
  { reviewerID: 'u1', asin: 'i3', overall: 5, unixReviewTime: 300 },
  { reviewerID: 'u1', asin: 'i1', overall: 4, unixReviewTime: 100 },
  { reviewerID: 'u1', asin: 'i2', overall: 1, unixReviewTime: 200 },
];
const metadata2014 = [
  `{'asin': 'i1', 'title': "Dad's \\"best\\" cr\\xe8me", 'price': 3.5, 'categories': [['Beauty', 'Skin'], ['Beauty', 'Face']], 'related': {'also_bought': ['i2']}}`,
  `{'asin': 'i2', 'description': u'soft &amp; <b>warm</b>', 'brand': None, 'ok': True}`,
];

test('amazon-2014: JSON reviews and Python-literal metadata, plain or gzipped, put in order of time', async (t) => {
  for (const ending of ['', '.gz']) {
    const path = folderWith(t, {
      [`reviews_Beauty_5.json${ending}`]: jsonLines(reviews2014),
      [`meta_Beauty.json${ending}`]: metadata2014.join('\n'),
    });
    const { dataset } = await prepare({ format: 'amazon-2014', path });
    t.deepEqual(sequencesOf(dataset), { u1: ['i1', 'i2', 'i3'] });
    t.is(dataset.items[0].title, 'Dad\'s "best" crème');
    t.deepEqual(dataset.items[0].categories, ['Beauty', 'Skin', 'Face']);
    t.is(dataset.items[1].description, 'soft & warm');
    t.is(dataset.items[1].brand, '');
  }
});

test('amazon-2014: reviews may be Python literals too', async (t) => {
  const path = folderWith(t, {
    'reviews.json': reviews2014
      .map(
        (review) =>
          `{'reviewerID': '${review.reviewerID}', 'asin': '${review.asin}', 'helpful': [0, 1], 'unixReviewTime': ${review.unixReviewTime}, 'overall': ${review.overall}.0}\n`,
      )
      .join(''),
  });
  const { dataset, warnings } = await prepare({ format: 'amazon-2014', path });
  t.deepEqual(sequencesOf(dataset), { u1: ['i1', 'i2', 'i3'] });
  t.regex(warnings.join(), /no metadata file/);
});

test('amazon-2018: the metadata are found beside a file that is named', async (t) => {
  const folder = folderWith(t, {
    'All_Beauty_5.json.gz': jsonLines(reviews2014),
    'meta_All_Beauty.json.gz': jsonLines([
      { asin: 'i1', title: 'One', category: ['Beauty'], description: ['first', 'second'], brand: 'Acme' },
    ]),
    'Books_5.json': 'of another set',
  });
  const { dataset } = await prepare({ format: 'amazon-2018', path: join(folder, 'All_Beauty_5.json.gz') });
  t.deepEqual(dataset.items[0], {
    item_id: 'i1',
    title: 'One',
    description: 'first second',
    categories: ['Beauty'],
    brand: 'Acme',
    keywords: [],
  });
});

test('amazon-2023: parent_asin is the item, times are milliseconds, the brand stands in details or store', async (t) => {
  const path = folderWith(t, {
    'All_Beauty.jsonl': jsonLines(
      [3000, 1000, 2000].map((timestamp) => ({
        user_id: 'u',
        asin: 'variant',
        parent_asin: `p${timestamp}`,
        rating: 5,
        timestamp,
      })),
    ),
    'meta_All_Beauty.jsonl': jsonLines([
      { parent_asin: 'p1000', title: 'One', details: { Brand: 'Acme' }, store: 'Shop' },
      { parent_asin: 'p2000', title: 'Two', details: {}, store: 'Shop', categories: ['Hair'] },
    ]),
  });
  const { dataset } = await prepare({
    format: 'amazon-2023',
    path,
    split: 'time',
    split_times: ['1970-01-01T00:00:02Z', 3],
  });
  t.deepEqual(sequencesOf(dataset), { u: ['p1000', 'p2000', 'p3000'] });
  t.deepEqual(
    dataset.items.map(({ brand }) => brand),
    ['Acme', 'Shop', ''],
  );
  t.deepEqual([...dataset.trainEnd, ...dataset.validationEnd], [1, 2]);
});

test('recbole: typed headers, tabs, columns in any order', async (t) => {
  const path = folderWith(t, {
    'ml.inter':
      'item_id:token\tuser_id:token\trating:float\ttimestamp:float\ni2\tu1\t3\t2\ni1\tu1\t4\t1.5\ni3\tu1\t5\t3\n',
    'ml.item':
      'item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\ni1\tToy "Story\t1995\tAnimation Comedy\ni2\t\t\t\n',
  });
  const { dataset } = await prepare({ format: 'recbole', path, min_rating: 3 });
  t.deepEqual(sequencesOf(dataset), { u1: ['i1', 'i2', 'i3'] });
  t.is(dataset.items[0].title, 'Toy "Story');
  t.deepEqual(dataset.items[0].categories, ['Animation', 'Comedy']);
});

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

test('movielens 100K: u.data and u.item with its genre flags', async (t) => {
  const flags = (...on: number[]) =>
    Array.from({ length: 19 }, (_, at) => (on.includes(at) ? 1 : 0)).join('|');
  const path = folderWith(t, {
    'u.data': '1\t10\t5\t30\n1\t20\t3\t10\n1\t30\t4\t20\n',
    'u.item': latin1(
      `10|Café (1995)|01-Jan-1995||http://x|${flags(1, 5)}\n20|B|01-Jan-1995||http://y|${flags(0)}\n`,
    ),
  });
  const { dataset } = await prepare({ format: 'movielens', path });
  t.deepEqual(sequencesOf(dataset), { 1: ['20', '30', '10'] });
  t.is(dataset.items[0].title, 'Café (1995)');
  t.deepEqual(
    dataset.items.map(({ categories }) => categories),
    [['Action', 'Comedy'], [], []],
  );
});

test('movielens 1M: two colons between the values, Latin-1', async (t) => {
  const path = folderWith(t, {
    'ratings.dat': '1::10::5::30\n1::20::3::10\n1::30::4::20\n',
    'movies.dat': latin1(`10::Misérables, Les (1995)::Drama|Musical\n20::B: the "sequel"::Comedy\n`),
  });
  const { dataset } = await prepare({ format: 'movielens', path });
  t.deepEqual(sequencesOf(dataset), { 1: ['20', '30', '10'] });
  t.is(dataset.items[0].title, 'Misérables, Les (1995)');
  t.deepEqual(dataset.items[0].categories, ['Drama', 'Musical']);
});

test('movielens latest: CSV with quotes, half ratings, and movies without genres', async (t) => {
  const path = folderWith(t, {
    'ratings.csv': 'userId,movieId,rating,timestamp\n1,10,0.5,3\n1,20,4.5,1\n1,30,4.0,2\n',
    'movies.csv':
      'movieId,title,genres\n10,"American President, The (1995)",Comedy|Drama\n20,"Say ""hi""",(no genres listed)\n',
  });
  const { dataset } = await prepare({ format: 'movielens', path });
  t.deepEqual(sequencesOf(dataset), { 1: ['20', '30', '10'] });
  t.deepEqual(
    dataset.items.map(({ title, categories }) => [title, categories]),
    [
      ['American President, The (1995)', ['Comedy', 'Drama']],
      ['Say "hi"', []],
      ['', []],
    ],
  );
});

test('lc-rec: items by user and texts by item', async (t) => {
  const path = folderWith(t, {
    'Arts.inter.json': JSON.stringify({ 0: [2, 0, 1], 1: [1, 2, 0, 1] }),
    'Arts.item.json': JSON.stringify({
      0: { title: 'Brush', description: 'fine', brand: 'B', categories: 'Arts, Painting' },
      1: { title: 'Ink', description: '', brand: '', categories: ['Arts', 'Ink'] },
    }),
  });
  const { dataset } = await prepare({ format: 'lc-rec', path });
  t.deepEqual(sequencesOf(dataset), { 0: ['2', '0', '1'], 1: ['1', '2', '0', '1'] });
  t.deepEqual(
    dataset.items.map(({ title, categories }) => [title, categories]),
    [
      ['Brush', ['Arts', 'Painting']],
      ['Ink', ['Arts', 'Ink']],
      ['', []],
    ],
  );
});

const columns = { user: 'who', item: 'what', time: 'when', rating: null };
const eventRows = [
  { who: 'u1', what: 'i,3', when: '2020-01-03' },
  { who: 'u1', what: 'i1', when: '2020-01-01' },
  { who: 'u1', what: 'i2', when: '2020-01-02T05:00:00+02:00' },
];
const csv = (separator: string, ending = '\n') =>
  [
    ['who', 'extra', 'what', 'when'],
    ...eventRows.map(({ who, what, when }) => [
      who,
      'x',
      what.includes(separator) ? `"${what}"` : what,
      when,
    ]),
  ]
    .map((row) => row.join(separator) + ending)
    .join('');
const itemsCsv = 'id,name,categories\ni1,"One, the first","[""Hair"", ""Care""]"\ni2,Two,Hair|Care\n';

for (const [name, content] of [
  ['log.csv', csv(',')],
  ['log.csv.gz', csv(',')],
  ['windows.csv', `\uFEFF${csv(',', '\r\n')}`],
  ['log.tsv', csv('\t')],
  ['log.jsonl', jsonLines(eventRows)],
  ['log.ndjson.gz', jsonLines(eventRows)],
] as const)
  test(`table: ${name} with items from a CSV`, async (t) => {
    const folder = folderWith(t, { [name]: content, 'items.csv': itemsCsv });
    const { dataset } = await prepare({
      format: 'table',
      path: join(folder, name),
      items_path: join(folder, 'items.csv'),
      columns,
      item_columns: {
        item: 'id',
        title: 'name',
        description: null,
        categories: null,
        brand: null,
        keywords: null,
      },
    });
    t.deepEqual(sequencesOf(dataset), { u1: ['i1', 'i2', 'i,3'] });
    t.deepEqual(
      dataset.items.map(({ title, categories }) => [title, categories]),
      [
        ['One, the first', ['Hair', 'Care']],
        ['Two', ['Hair', 'Care']],
        ['', []],
      ],
    );
  });

test('table: Parquet with numbers as ids, timestamps and lists', async (t) => {
  const folder = folderWith(t, {});
  const path = join(folder, 'log.parquet');
  const itemsPath = join(folder, "it's.parquet");
  await writeParquet(
    path,
    `SELECT * FROM (VALUES (1, 13, TIMESTAMP '2020-01-03 00:00:00', 5.0), (1, 11, TIMESTAMP '2020-01-01 00:00:00', 4.0),
     (1, 12, TIMESTAMP '2020-01-02 00:00:00', 3.0), (1, 14, TIMESTAMP '2020-01-04 00:00:00', 2.0)) AS log(who, what, "when", stars)`,
  );
  await writeParquet(
    itemsPath.replace("'", "''"),
    `SELECT 11 AS item_id, 'One' AS title, ['a', 'b, c'] AS categories`,
  );
  const { dataset } = await prepare({
    format: 'table',
    path,
    items_path: itemsPath,
    columns: { ...columns, rating: 'stars' },
    min_rating: 3,
    split: 'time',
    split_times: ['2020-01-02', '2020-01-03'],
  });
  t.deepEqual(sequencesOf(dataset), { 1: ['11', '12', '13'] });
  t.deepEqual(dataset.items[0].categories, ['a', 'b, c']);
  t.deepEqual([...dataset.trainEnd, ...dataset.validationEnd], [1, 2]);
});

test('table: names that look like a pattern or a partition are names like any other', async (t) => {
  const name = "user_id=x/it's [1]*?.csv";
  const folder = folderWith(t, { [name]: 'user_id,item_id\nu,a\nu,b\nu,c\n', 'user_id=x/it1.csv': 'other' });
  const { dataset } = await prepare({ format: 'table', path: join(folder, name) });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c'] });
  const parquet = join(folder, 'user_id=x/log[1].parquet');
  await writeParquet(parquet, "SELECT 'u' AS user_id, unnest(['a', 'b', 'c']) AS item_id");
  const read = await prepare({ format: 'table', path: parquet });
  t.deepEqual(sequencesOf(read.dataset), { u: ['a', 'b', 'c'] });
});

test('table: without a time column the rows are in order already', async (t) => {
  const folder = folderWith(t, { 'log.csv': 'user_id,item_id\nu,c\nu,a\nv,b\nu,b\n' });
  const { dataset } = await prepare({ format: 'table', path: join(folder, 'log.csv') });
  t.deepEqual(sequencesOf(dataset), { u: ['c', 'a', 'b'], v: ['b'] });
});

test('table: records of JSON lines may lack what others have', async (t) => {
  const folder = folderWith(t, {
    'log.jsonl': jsonLines(['a', 'b', 'c'].map((item_id) => ({ user_id: 7, item_id }))),
    'items.jsonl': jsonLines([
      { item_id: 'a', name: 'A' },
      { item_id: 'b', brand: 'Acme' },
    ]),
  });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'log.jsonl'),
    items_path: join(folder, 'items.jsonl'),
    item_columns: {
      item: 'item_id',
      title: 'name',
      description: null,
      categories: null,
      brand: 'brand',
      keywords: null,
    },
  });
  t.deepEqual(sequencesOf(dataset), { 7: ['a', 'b', 'c'] });
  t.deepEqual(
    dataset.items.map(({ title, brand }) => [title, brand]),
    [
      ['A', ''],
      ['', 'Acme'],
      ['', ''],
    ],
  );
});
