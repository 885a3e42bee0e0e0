import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { failureOf, folderWith, jsonLines, prepare, sequencesOf, writeParquet } from './fixtures.ts';

const columns = { user: 'user_id', item: 'item_id', time: 'timestamp', rating: null };
const review = (user: unknown, item: unknown, time: unknown) => ({
  reviewerID: user,
  asin: item,
  unixReviewTime: time,
  overall: 5,
});
const goodReviews = ['a', 'b', 'c', 'd'].map((item, time) => review('u', item, time));

test('broken lines are left out, counted, and the first five shown with file and line', async (t) => {
  const broken = [
    '{"reviewerID": "u", ',
    JSON.stringify(review('', 'a', 1)),
    JSON.stringify(review('u', 'nan', 1)),
    '{"reviewerID": "u", "asin": "a", "unixReviewTime": NaN}',
    JSON.stringify(review('u', 'a', null)),
    '[1, 2]',
  ];
  const path = folderWith(t, { 'log.json': `${jsonLines(goodReviews)}\n${broken.join('\n')}` });
  const { dataset, warnings } = await prepare({ format: 'amazon-2018', path, max_broken_share: 0.6 });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c', 'd'] });
  const shown = warnings.filter((text) => /log\.json:\d+: /.test(text));
  t.deepEqual(
    shown.map((text) => text.match(/log\.json:(\d+)/)?.[1]),
    ['6', '7', '8', '9', '10'],
  );
  t.regex(shown[0], /not JSON/);
  t.regex(shown[1], /user id is empty/);
  t.regex(shown[2], /item id is "nan"/);
  t.regex(shown[4], /no timestamp/);
  t.true(warnings.some((text) => text.endsWith('6 of 10 lines are broken and left out')));
});

test('more broken lines than allowed stop the work at the first one', async (t) => {
  const path = folderWith(t, { 'log.json': `${jsonLines(goodReviews)}{\n` });
  const error = await failureOf(t, { format: 'amazon-2018', path, max_broken_share: 0.19 });
  t.is(error.code, 'dataset/broken-lines');
  t.true(error.place?.endsWith('log.json:5'));
  t.regex(error.message, /1 of 5 lines are broken \(20\.00%\)/);
  await t.notThrowsAsync(prepare({ format: 'amazon-2018', path, max_broken_share: 0.2 }));
});

test('a file of another kind stops early, all lines being broken', async (t) => {
  const path = folderWith(t, { 'log.json': 'not a review\n'.repeat(12_000) });
  const error = await failureOf(t, { format: 'amazon-2014', path });
  t.regex(error.message, /10000 of 10000 lines are broken \(100\.00%\).*not a Python literal/);
});

test('broken rows of a CSV are named by their lines, blank ones not counted', async (t) => {
  const rows = [
    'user_id,item_id,timestamp', // 1
    'u,a,1',
    'u,b', // 3: too short
    '',
    'u,c,3',
    ',c,4', // 6: no user
    'u,d,4,9', // 7: too long
    'u,e,soon', // 8: no time
    'u,f,inf', // 9: not finite
    'u,g,7',
  ];
  const path = join(folderWith(t, { 'log.csv': rows.join('\n') }), 'log.csv');
  const { dataset, warnings } = await prepare({ format: 'table', path, columns, max_broken_share: 0.7 });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'c', 'g'] });
  t.deepEqual(
    warnings.flatMap((text) => text.match(/log\.csv:(\d+)/)?.[1] ?? []),
    ['3', '6', '7', '8', '9'],
  );
  t.true(warnings.some((text) => text.endsWith('5 of 8 lines are broken and left out')));
});

test('bytes that are not UTF-8 break their line alone', async (t) => {
  const bytes = Buffer.from('user_id,item_id,timestamp\nu,a,1\nu,\xff,2\nu,b,2\nu,c,3\n', 'latin1');
  const path = join(folderWith(t, { 'log.csv': bytes }), 'log.csv');
  const { dataset, warnings } = await prepare({ format: 'table', path, columns, max_broken_share: 0.3 });
  t.deepEqual(sequencesOf(dataset), { u: ['a', 'b', 'c'] });
  t.true(warnings.some((text) => text.includes('log.csv:3')));
});

test('a user without items is a broken line of a sequences file', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c\nlonely\n' });
  const { warnings } = await prepare({ format: 'sequences', path, max_broken_share: 0.5 });
  t.true(warnings[0].endsWith('sequences.txt:2: expected a user and at least one item'));
});

test('several entries of one item: the first is used, with a warning', async (t) => {
  const path = folderWith(t, {
    'sequences.txt': 'u a b c\n',
    'items.jsonl': jsonLines([
      { item_id: 'a', title: 'first' },
      { item_id: 'b', title: 'b' },
      { item_id: 'a', title: 'second' },
    ]),
  });
  const { dataset, warnings } = await prepare({ format: 'sequences', path });
  t.deepEqual(
    dataset.items.map(({ title }) => title),
    ['first', 'b', ''],
  );
  t.regex(warnings.join(), /1 items \(such as a\) have several entries/);
});

test('a path that does not exist lists what is beside it', async (t) => {
  const folder = folderWith(t, { 'ratings.csv': 'x' });
  const error = await failureOf(t, { format: 'table', path: join(folder, 'rating.csv') });
  t.is(error.code, 'dataset/missing-file');
  t.regex(error.remedy ?? '', /ratings\.csv/);
  await failureOf(t, { format: 'sequences', path: join(folder, 'no', 'such', 'folder') });
});

test('a folder where a file is expected, and a file where a folder is', async (t) => {
  const folder = folderWith(t, { 'sequences.txt': 'u a b c\n' });
  t.is((await failureOf(t, { format: 'table', path: folder })).code, 'dataset/folder-for-file');
  const file = await failureOf(t, { format: 'sequences', path: join(folder, 'sequences.txt') });
  t.is(file.code, 'dataset/file-for-folder');
  t.true(file.remedy?.includes(folder));
});

test('empty files', async (t) => {
  const folder = folderWith(t, {
    'sequences.txt': '',
    'log.csv': '',
    'blank.jsonl': '\n\n',
    'head.csv': 'user_id,item_id\n',
  });
  t.is((await failureOf(t, { format: 'sequences', path: folder })).code, 'dataset/empty-file');
  for (const [name, code] of [
    ['log.csv', 'dataset/empty-file'],
    ['blank.jsonl', 'dataset/no-interactions'],
    ['head.csv', 'dataset/no-interactions'],
  ])
    t.is((await failureOf(t, { format: 'table', path: join(folder, name) })).code, code, name);
});

const packed = gzipSync(
  jsonLines(Array.from({ length: 3000 }, (_, at) => review(`u${at * 7919}`, `i${at}`, at))),
);
const packedCsv = gzipSync(
  `user_id,item_id\n${Array.from({ length: 5000 }, (_, at) => `u${at * 7919},i${at}\n`).join('')}`,
);

test('a gzip file that was cut, or is none, is never taken for a whole one', async (t) => {
  const folder = folderWith(t, {
    'cut/log.json.gz': packed.subarray(0, packed.length / 2),
    'none/log.json.gz': Buffer.from(jsonLines(goodReviews)),
    'cut.csv.gz': packedCsv.subarray(0, packedCsv.length / 2),
  });
  for (const name of ['cut', 'none'])
    t.is(
      (await failureOf(t, { format: 'amazon-2018', path: join(folder, name) })).code,
      'dataset/broken-gzip',
    );
  t.is(
    (await failureOf(t, { format: 'table', path: join(folder, 'cut.csv.gz') })).code,
    'dataset/broken-gzip',
  );
});

for (const [name, content] of [
  ['log.csv', 'userid,item_id,time_stamp\nu,a,1\n'],
  ['log.jsonl', '{"userid":"u","item_id":"a","time_stamp":1}\n'],
])
  test(`unknown columns of ${name} are all reported, with the nearest names`, async (t) => {
    const path = join(folderWith(t, { [name]: content }), name);
    const error = await failureOf(t, { format: 'table', path, columns });
    t.is(error.code, 'dataset/unknown-column');
    t.regex(error.message, /"user_id" \(columns\.user\), did you mean "userid"\?/);
    t.regex(error.message, /"timestamp" \(columns\.time\), did you mean "time_stamp"\?/);
  });

test('unknown columns of a Parquet file, and a Parquet file that is none', async (t) => {
  const folder = folderWith(t, { 'none.parquet': 'user_id,item_id\n' });
  await writeParquet(join(folder, 'log.parquet'), "SELECT 'u' AS user_id, 'i' AS items_id, 1 AS timestamp");
  const error = await failureOf(t, { format: 'table', path: join(folder, 'log.parquet'), columns });
  t.regex(error.message, /"item_id" \(columns\.item\), did you mean "items_id"\?/);
  t.is(
    (await failureOf(t, { format: 'table', path: join(folder, 'none.parquet'), columns })).code,
    'dataset/unreadable',
  );
});

test('a header that names a column twice, and a table of unknown kind', async (t) => {
  const folder = folderWith(t, { 'log.csv': 'user_id,item_id,item_id\nu,a,b\n', 'log.xlsx': 'PK' });
  t.is(
    (await failureOf(t, { format: 'table', path: join(folder, 'log.csv') })).code,
    'dataset/repeated-column',
  );
  t.is(
    (await failureOf(t, { format: 'table', path: join(folder, 'log.xlsx') })).code,
    'dataset/unknown-table',
  );
});

test('a k-core that leaves nothing, a rating that nobody gave', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c\nv d e f\n' });
  const core = await failureOf(t, { format: 'sequences', path, k_core: 2 });
  t.is(core.code, 'dataset/nothing-left');
  t.regex(core.message, /2-core of 6 interactions is empty/);
  const rated = join(folderWith(t, { 'log.csv': 'user_id,item_id,stars\nu,a,1\n' }), 'log.csv');
  const mapping = { user: 'user_id', item: 'item_id', time: null, rating: 'stars' };
  t.regex(
    (await failureOf(t, { format: 'table', path: rated, columns: mapping, min_rating: 4 })).message,
    /min_rating/,
  );
});

test('only users with fewer than 3 events: leave-one-out has no targets', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b\nv b a\n' });
  t.is((await failureOf(t, { format: 'sequences', path })).code, 'dataset/no-targets');
});

test('settings that the format cannot serve are reported together', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c\n' });
  const error = await failureOf(t, {
    format: 'sequences',
    path,
    min_rating: 3,
    split: 'time',
    separator: ';',
    split_fractions: [0.9, 0.1],
  });
  t.regex(error.message, /min_rating.*|split: time/);
  t.is(error.message.split('; ').length, 4);
});

test('cuts outside the log, or no times at all, for a split by time', async (t) => {
  const path = join(
    folderWith(t, { 'log.csv': 'user_id,item_id,timestamp\nu,a,1\nu,b,2\nu,c,3\n' }),
    'log.csv',
  );
  const outside = await failureOf(t, {
    format: 'table',
    path,
    columns,
    split: 'time',
    split_times: ['2014-01-01', '2014-02-01'],
  });
  t.is(outside.code, 'dataset/empty-split');
  t.regex(outside.message, /from 1 to 3/);
  t.is((await failureOf(t, { format: 'table', path, split: 'time' })).code, 'dataset/no-times');
  t.is(
    (await failureOf(t, { format: 'table', path, columns, split: 'time', split_times: ['May', 'June'] }))
      .code,
    'dataset/not-a-time',
  );
});

test('a RecBole header without types, and a log without timestamps', async (t) => {
  const folder = folderWith(t, {
    'plain.inter': 'user_id\titem_id\nu\ti\n',
    'timeless.inter': 'user_id:token\titem_id:token\nu\ti\n',
  });
  t.is(
    (await failureOf(t, { format: 'recbole', path: join(folder, 'plain.inter') })).code,
    'dataset/atomic-header',
  );
  t.is(
    (await failureOf(t, { format: 'recbole', path: join(folder, 'timeless.inter') })).code,
    'dataset/unknown-column',
  );
  t.is((await failureOf(t, { format: 'recbole', path: folder })).code, 'dataset/ambiguous-files');
});

test('LC-Rec files that are no JSON, a list, or hold users without lists', async (t) => {
  const folder = folderWith(t, {
    'cut.inter.json': '{"0": [1, 2',
    'list.inter.json': '[[1, 2]]',
    'wrong.inter.json': '{"0": "1 2 3"}',
  });
  for (const [name, code] of [
    ['cut', 'file/not-json'],
    ['list', 'dataset/wrong-shape'],
    ['wrong', 'dataset/broken-lines'],
  ])
    t.is((await failureOf(t, { format: 'lc-rec', path: join(folder, `${name}.inter.json`) })).code, code);
});

test('a folder that holds no MovieLens set, and no or several logs of Amazon', async (t) => {
  const folder = folderWith(t, { 'a.json': '{}', 'b.json': '{}' });
  mkdirSync(join(folder, 'empty'));
  t.is((await failureOf(t, { format: 'movielens', path: folder })).code, 'dataset/missing-file');
  t.is((await failureOf(t, { format: 'amazon-2018', path: folder })).code, 'dataset/ambiguous-files');
  const ratings = folderWith(t, { 'ratings_Beauty.csv': 'u,a,5.0,1\n' });
  t.regex((await failureOf(t, { format: 'amazon-2014', path: ratings })).remedy ?? '', /format: table/);
  t.is(
    (await failureOf(t, { format: 'amazon-2018', path: join(folder, 'empty') })).code,
    'dataset/missing-file',
  );
});
