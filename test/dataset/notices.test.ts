import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { saveDataset } from '../../orchestrator/dataset/save-dataset.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { folderWith, jsonLines, prepare } from './fixtures.ts';

const ids = Array.from({ length: 40 }, (_, at) => at);
const texts = jsonLines(ids.map((id) => ({ item_id: String(id), title: `item ${id}` })));

/** Thirty users with six items each, in an order of their own. */
function logOf(order: (items: number[]) => number[]): string[][] {
  const random = createRandom(1, 'notices');
  return Array.from({ length: 30 }, (_, user) => {
    const items = new Set<number>();
    while (items.size < 6) items.add(random.integer(ids.length));
    return [`u${user}`, ...order([...items]).map(String)];
  });
}

const sequencesText = (rows: string[][]) => rows.map((row) => `${row.join(' ')}\n`).join('');

test('sequences that are sorted by item are noticed, as numbers and as texts, up and down', async (t) => {
  for (const [order, said] of [
    [(items: number[]) => items.sort((a, b) => a - b), /item ids ascend in 100% of neighbouring/],
    [(items: number[]) => items.sort((a, b) => b - a), /item ids descend in 100% of neighbouring/],
  ] as const)
    for (const prefix of ['', 'B']) {
      // With a letter before them ids are texts; of two digits each, they sort alike.
      const shown = (id: string) => (prefix === '' ? id : prefix + id.padStart(2, '0'));
      const rows = logOf((items) => order(items)).map(([user, ...items]) => [user, ...items.map(shown)]);
      const path = folderWith(t, { 'sequences.txt': sequencesText(rows) });
      const { dataset, warnings } = await prepare({ format: 'sequences', path });
      t.true(warnings.some((text) => said.test(text)));
      t.true(dataset.notices?.some((text) => said.test(text)));
    }
});

test('sequences sorted by the number in an id are noticed, whatever stands around it', async (t) => {
  for (const shown of [
    (id: number) => `item_${id}`,
    (id: number) => `${id}.0`,
    (id: number) => `a${id}b${id}`,
  ]) {
    const rows = logOf((items) => items.sort((a, b) => a - b)).map(([user, ...items]) => [
      user,
      ...items.map((id) => shown(Number(id))),
    ]);
    const { warnings } = await prepare({
      format: 'sequences',
      path: folderWith(t, { 'sequences.txt': sequencesText(rows) }),
    });
    t.true(warnings.some((text) => /item ids ascend in 100% of neighbouring/.test(text)));
  }
});

test('one user under two ids, as from two months of which one had gaps, is said', async (t) => {
  for (const [one, other, said] of [
    ['7', '7.0', /ids of users .* such as `7` and `7\.0` \(2 times\).* without the "\.0"/],
    ['7', '007', /ids of users .* such as `7` and `007` \(1 times\)/],
    ['caf\u00e97', 'cafe\u03017', /ids of users .* in one form of Unicode/],
    ['7', '7\u200b', /ids of users .* such as `7` and `7\\u\{200b\}`/],
  ] as const) {
    const rows = [one, other].flatMap((id) => [id, `1${id}`].map((user) => [user, 'a', 'b', 'c']));
    const path = folderWith(t, { 'sequences.txt': sequencesText(rows) });
    const { dataset, warnings } = await prepare({ format: 'sequences', path });
    t.is(dataset.userIds.length, 4);
    t.true(
      warnings.some((text) => said.test(text)),
      warnings.join('\n'),
    );
  }
});

test('times that stand beside dates as digits, or beside none at all, are said', async (t) => {
  for (const [odd, said] of [
    [
      '20140723',
      /seconds in 4 interactions and dates like 20140723 in 2|dates like 20140723 in 2 .* and seconds in 4/,
    ],
    ['201407231030', /dates like 201407231030 in 2 interactions and seconds in 4/],
    ['20140723103005', /dates like 20140723103005 in 2 interactions and seconds in 4/],
    ['0', /no time \(0 or less\) in 2 interactions and seconds in 4/],
  ] as const) {
    const rows = ['u', 'v'].flatMap((user) =>
      ['1400000000', odd, '1400000060'].map((time, at) => `${user},i${at},${time}\n`),
    );
    const folder = folderWith(t, { 'log.csv': `user_id,item_id,at\n${rows.join('')}` });
    const { warnings } = await prepare({
      format: 'table',
      path: join(folder, 'log.csv'),
      columns: { user: 'user_id', item: 'item_id', time: 'at', rating: null },
    });
    t.true(
      warnings.some((text) => said.test(text)),
      warnings.join('\n'),
    );
  }
});

test('sequences in an order of their own raise no notice', async (t) => {
  const path = folderWith(t, {
    'sequences.txt': sequencesText(logOf((items) => items)),
    'items.jsonl': texts,
  });
  const { dataset, warnings } = await prepare({ format: 'sequences', path });
  t.deepEqual([warnings, dataset.notices], [[], []]);
});

test('equal times, repeats and equal texts are said with their shares, and kept with the dataset', async (t) => {
  const rows = logOf((items) => items).flatMap(([user, ...items]) =>
    [...items, items[0]].map((item, at) => `${user},${item},${at < 5 ? 7 : 8 + at}\n`),
  );
  const folder = folderWith(t, {
    'log.csv': `user_id,item_id,at\n${rows.join('')}`,
    'items.jsonl': jsonLines(ids.map((id) => ({ item_id: id, title: id < 4 ? 'the same' : `item ${id}` }))),
  });
  const { dataset, messages } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.jsonl'),
    columns: { user: 'user_id', item: 'item_id', time: 'at', rating: null },
  });
  t.is(dataset.equalTimes, 4 / 6);
  const said = messages.flatMap((message) => ('text' in message ? [`${message.type}: ${message.text}`] : []));
  const expected = [
    /^warning: 66\.6% of neighbouring interactions have one time/,
    /^note: 30 of 30 test targets \(100%\) stand in their own history/,
    /^note: 4 of 40 items \(10%\) have the very text of another item/,
  ];
  for (const text of expected)
    t.true(
      said.some((line) => text.test(line)),
      `${text}`,
    );
  saveDataset(dataset, join(folder, 'out'));
  const loaded = loadDataset(join(folder, 'out'));
  t.deepEqual([loaded.notices, loaded.equalTimes], [dataset.notices, dataset.equalTimes]);
  t.is(loaded.notices?.length, 3);
});

const disguises: [string, string, RegExp][] = [
  [
    '2.0',
    '2',
    /none of 3 items.*in items\.jsonl: ids there look like `2`, here like `2\.0`; without the "\.0".* 3 more/,
  ],
  ['2', '002', /there look like `002`, here like `2`; without leading zeros 3 more/],
  ['b2x', 'B2X', /there look like `B2X`, here like `b2x`; in lower case 3 more/],
  ['e\u03012', '\u00e92', /here like `e\\u\{301\}2`; in one form of Unicode \(NFC\) 3 more/],
  ['2', 'item-two-', /there look like `item-two-0`, here like `20`$/],
];
for (const [here, there, said] of disguises)
  test(`ids like ${here} in the log and ${there} among the texts are said side by side`, async (t) => {
    const form = (id: string, at: number) => (id.includes('2') ? id.replace('2', `${at + 2}`) : `${id}${at}`);
    const isLast = there === 'item-two-';
    const logId = (at: number) => (isLast ? `2${at}` : form(here, at));
    const folder = folderWith(t, {
      'log.csv': `user_id,item_id\n${[0, 1, 2].map((at) => `u,${logId(at)}\n`).join('')}`,
      'items.jsonl': jsonLines([0, 1, 2].map((at) => ({ item_id: form(there, at), title: `t${at}` }))),
    });
    const { warnings } = await prepare({
      format: 'table',
      path: join(folder, 'log.csv'),
      items_path: join(folder, 'items.jsonl'),
    });
    t.true(
      warnings.some((text) => said.test(text)),
      warnings.join('\n'),
    );
    t.true(warnings.some((text) => /3 of 3 items \(100%\) have no text/.test(text)));
  });

test('times of which some are none that is known are said, and a date as a cut is taken in the unit of the log', async (t) => {
  const rows = (times: number[]) =>
    `user_id,item_id,at\n${times.map((time, at) => `u,i${at},${time}\n`).join('')}`;
  const folder = folderWith(t, {
    'mixed.csv': rows([0, 1400000060, 1400000120000]),
    'milliseconds.csv': rows([1400000000000, 1400086400000, 1400172800000]),
    'digits.csv': rows([20140513, 20140514000001, 20140515000001]),
    'no-dates.csv': rows([20140513, 20140514, 20141399]),
  });
  const options = {
    format: 'table' as const,
    columns: { user: 'user_id', item: 'item_id', time: 'at', rating: null },
  };
  const { warnings } = await prepare({ ...options, path: join(folder, 'mixed.csv') });
  t.true(
    warnings.some((text) =>
      /look like no time \(0 or less\) in 1 interactions and seconds in 1 .* and milliseconds in 1 /.test(
        text,
      ),
    ),
  );
  const { dataset } = await prepare({
    ...options,
    path: join(folder, 'milliseconds.csv'),
    split: 'time',
    split_times: ['2014-05-14', '2014-05-15'],
  });
  t.deepEqual([...dataset.trainEnd, ...dataset.validationEnd], [1, 2]);
  // Dates as digits are dates, as cuts as well; numbers that are not all dates stay.
  const cut = { ...options, path: join(folder, 'digits.csv'), split: 'time' as const };
  for (const split_times of [[20140514, 20140515] as const, ['2014-05-14', '2014-05-15'] as const]) {
    const { dataset: digits } = await prepare({ ...cut, split_times: [...split_times] });
    t.deepEqual([...(digits.times ?? [])], [1399939200, 1400025601, 1400112001]);
    t.deepEqual([...digits.trainEnd, ...digits.validationEnd], [1, 2]);
  }
  const { dataset: numbers } = await prepare({ ...options, path: join(folder, 'no-dates.csv') });
  t.deepEqual([...(numbers.times ?? [])], [20140513, 20140514, 20141399]);
});
