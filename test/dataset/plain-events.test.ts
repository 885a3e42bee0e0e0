import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { chooseColumns } from '../../orchestrator/dataset/readers/choose-columns.ts';
import { createEventRows } from '../../orchestrator/dataset/readers/event-rows.ts';
import { stagePlainEvents } from '../../orchestrator/dataset/readers/plain-events.ts';
import { delimitedForm, readTableFile } from '../../orchestrator/dataset/readers/read-table-file.ts';
import { eventNeeds, type Reading } from '../../orchestrator/dataset/readers/reader.ts';
import { eventColumns } from '../../orchestrator/dataset/readers/wanted-columns.ts';
import { datasetSettings } from '../../orchestrator/dataset/settings.ts';
import { openStaging, type Staging } from '../../orchestrator/dataset/source/staging.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { folderWith } from './fixtures.ts';

type Columns = Record<'user' | 'item' | 'time' | 'rating', string | number | null>;
const columns: Columns = { user: 'user', item: 'item', time: 'time', rating: null };

/** What each of both readers stages of a file; null where it says that the file is not plain. */
async function stagedBy(t: ExecutionContext, name: string, content: string, own = columns) {
  const path = join(folderWith(t, { [name]: content }), name);
  const settings = datasetSettings.parse({ format: 'table', path, columns: own, max_broken_share: 1 });
  const numbered = typeof own.user === 'number';
  const choose = (names: string[], place: string) => chooseColumns(eventColumns(settings), names, place);
  const rowsOf = async (fill: (reading: Reading) => Promise<boolean>) => {
    const staging = openStaging({ workFolder: null, memoryLimit: '256MB', keepsRatings: true });
    try {
      const plain = await fill({ settings, staging, report: silentReporter, signal: undefined });
      return plain ? rowsIn(staging) : null;
    } finally {
      await staging.close();
    }
  };
  const form = delimitedForm(path, null);
  return {
    plain: await rowsOf(async (reading) =>
      stagePlainEvents({ path, ...form!, numbered }, choose, reading, 0),
    ),
    byLines: await rowsOf(async (reading) => {
      const events = createEventRows(path, eventNeeds(reading, own.time !== null), reading);
      await readTableFile(path, { section: 'columns', numbered }, choose, events.take, reading);
      return true;
    }),
  };
}

/** User, item, time and rating of each staged interaction. */
function rowsIn({ log }: Staging) {
  const { users, items, times, ratings } = log.events();
  return Array.from(users, (user, at) => [
    log.users.textOf(user),
    log.items.textOf(items[at]),
    times[at],
    ratings?.[at],
  ]);
}

test('a plain table is staged as line by line, in its order', async (t) => {
  const random = createRandom(1, 'plain');
  const pick = (...values: string[]) => values[random.integer(values.length)];
  const times = ['0', '1400000000', '1400000000.25', '1400000000123', '2014-07-23', '2014-07-23 10:00:05'];
  const rows = Array.from({ length: 20_000 }, () => [
    `u${random.integer(500)}`,
    pick('B00-1', 'a.b:c/d', '000123', '_x', '1e5', 'A@b'),
    pick(...times, '2014-07-23T23:59:59Z', '2014-07-23 10:00:05 UTC', '19000101'),
    pick('1', '4.5', '-2', ''),
    pick('', 'a text, no', "it's").replace(',', ';'),
  ]);
  for (const [name, delimiter] of [
    ['log.csv', ','],
    ['log.tsv', '\t'],
  ]) {
    const head = ['user', 'item', ' time', 'stars', 'words'].join(delimiter);
    const content = `${head}\n\n${rows.map((row) => row.join(delimiter)).join('\n')}`;
    const { plain, byLines } = await stagedBy(t, name, content, { ...columns, rating: 'stars' });
    t.is(plain?.length, rows.length);
    t.deepEqual(plain, byLines);
    const numbered = { user: 2, item: 1, time: null, rating: null };
    const second = await stagedBy(
      t,
      name,
      `${rows.map((row) => row.join(delimiter)).join('\n')}\n`,
      numbered,
    );
    t.is(second.plain?.length, rows.length);
    t.deepEqual(second.plain, second.byLines);
  }
});

test('rows of a file that is read in many blocks stay in its order', async (t) => {
  const rows = 2_000_000;
  const content = Array.from(
    { length: rows },
    (_, at) => `u${(at * 7919) % 10_007},item-${at % 997},${at}`,
  ).join('\n');
  const path = join(folderWith(t, { 'log.csv': `user,item,time\n${content}\n` }), 'log.csv');
  const settings = datasetSettings.parse({ format: 'table', path, columns });
  const staging = openStaging({ workFolder: null, memoryLimit: '256MB', keepsRatings: false });
  try {
    const reading = { settings, staging, report: silentReporter, signal: undefined };
    const choose = (names: string[], place: string) => chooseColumns(eventColumns(settings), names, place);
    t.true(await stagePlainEvents({ path, delimiter: ',', quotes: true, numbered: false }, choose, reading));
    const { log } = staging;
    const { users, items, times } = log.events();
    t.is(users.length, rows);
    t.true(times.every((time, at) => time === at));
    t.true(users.every((user, at) => log.users.textOf(user) === `u${(at * 7919) % 10_007}`));
    t.true(items.every((item, at) => log.items.textOf(item) === `item-${at % 997}`));
  } finally {
    await staging.close();
  }
});

test('a header line under columns that are counted is left to the reader that refuses it', async (t) => {
  const numbered = { user: 1, item: 2, time: null, rating: null };
  const { plain, byLines } = await stagedBy(t, 'log.csv', 'user_id,item_id\nu,a\nu,b\n', numbered);
  t.is(plain, null);
  t.is(byLines?.length, 2);
});

const filler = Array.from({ length: 3000 }, (_, at) => `u${at % 7},i${at % 11},${at}`).join('\n');

for (const [what, line, head = 'user,item,time'] of [
  ['a quoted value', '"u",i,1'],
  ['a row too short', 'u,i'],
  ['a row too long', 'u,i,1,2'],
  ['a delimiter behind the last value', 'u,i,1,'],
  ['an empty id', 'u,,1'],
  ['an id that says that there is none', 'NULL,i,1'],
  ['blanks around an id', ' u,i,1'],
  ['an id with a letter that is not of ASCII', 'ü,i,1'],
  ['a number that has lost its last digits', '1e+15,i,1'],
  ['no time', 'u,i,'],
  ['a time in words', 'u,i,yesterday'],
  ['a date that does not exist', 'u,i,2014-02-30'],
  ['a date of another form', 'u,i,"07 23, 2014"'],
  ['a line end of another kind', 'u,i,1\r'],
  ['a line of blanks', '   '],
  ['a NUL', 'u\0,i,1'],
  ['bytes before the header', 'u,i,1', '\uFEFFuser,item,time'],
  ['a setting of Excel', 'u,i,1', 'sep=,\nuser,item,time'],
  ['a column of its name twice', 'u,i,1', 'user,item,item'],
  ['a header without what is asked for', 'u,i,1', 'who,item,time'],
])
  test(`${what} is left to the reader that goes line by line, and nothing is staged`, async (t) => {
    const path = join(folderWith(t, { 'log.csv': `${head}\n${filler}\n${line}\nu,i,1\n` }), 'log.csv');
    const settings = datasetSettings.parse({ format: 'table', path, columns });
    const staging = openStaging({ workFolder: null, memoryLimit: '256MB', keepsRatings: false });
    try {
      const reading = { settings, staging, report: silentReporter, signal: undefined };
      const choose = (names: string[], place: string) => chooseColumns(eventColumns(settings), names, place);
      const file = { path, delimiter: ',', quotes: true, numbered: false };
      t.false(await stagePlainEvents(file, choose, reading, 0));
      t.is(staging.log.size(), 0);
    } finally {
      await staging.close();
    }
  });
