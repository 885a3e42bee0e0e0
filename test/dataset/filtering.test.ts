import { join } from 'node:path';
import test from 'ava';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { failureOf, folderWith, prepare, sequencesOf, writeParquet } from './fixtures.ts';

interface Event {
  user: string;
  item: string;
  time: number;
  rating: number;
}

const columns = { user: 'user', item: 'item', time: 'time', rating: 'rating' };

function csvOf(events: Event[]): string {
  return `user,item,time,rating\n${events.map((e) => `${e.user},${e.item},${e.time},${e.rating}\n`).join('')}`;
}

function randomLog(seed: number, count: number): Event[] {
  const random = createRandom(seed, 'log');
  return Array.from({ length: count }, () => ({
    user: `u${Math.floor(random.float() ** 2 * 40)}`,
    item: `i${Math.floor(random.float() ** 2 * 30)}`,
    time: random.integer(50),
    rating: 1 + random.integer(5),
  }));
}

/** Removes one rare user or item at a time: slow, and another order than the real one. */
function coreByHand(events: Event[], k: number): Event[] {
  for (const key of ['item', 'user'] as const) {
    const counts = new Map<string, number>();
    for (const event of events) counts.set(event[key], (counts.get(event[key]) ?? 0) + 1);
    const rare = [...counts].find(([, count]) => count < k)?.[0];
    if (rare !== undefined)
      return coreByHand(
        events.filter((event) => event[key] !== rare),
        k,
      );
  }
  return events;
}

function sequencesByHand(events: Event[]): Record<string, string[]> {
  const sequences: Record<string, string[]> = {};
  for (const user of new Set(events.map((event) => event.user)))
    sequences[user] = events
      .filter((event) => event.user === user)
      .sort((a, b) => a.time - b.time)
      .map((event) => event.item);
  return sequences;
}

for (const [seed, k] of [
  [1, 2],
  [2, 5],
  [3, 8],
  [4, 0],
])
  test(`the ${k}-core of a random log out of order is that of a brute force, ties stay in input order`, async (t) => {
    const events = randomLog(seed, 400);
    const folder = folderWith(t, { 'log.csv': csvOf(events) });
    const { dataset } = await prepare({ format: 'table', path: join(folder, 'log.csv'), columns, k_core: k });
    const expected = sequencesByHand(coreByHand(events, k));
    t.deepEqual(sequencesOf(dataset), expected);
    t.deepEqual(dataset.userIds, Object.keys(expected), 'users are numbered by their first event');
  });

test('the minimal rating goes first, then duplicates, then the k-core', async (t) => {
  const events = randomLog(5, 600);
  const folder = folderWith(t, { 'log.csv': csvOf(events) });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    columns,
    k_core: 4,
    min_rating: 3,
    duplicates: 'first',
  });
  const seen = new Set<string>();
  const chosen = events
    .filter((event) => event.rating >= 3)
    .map((event, at) => ({ ...event, at }))
    .sort((a, b) => a.time - b.time || a.at - b.at)
    .filter((event) => !seen.has(`${event.user} ${event.item}`) && seen.add(`${event.user} ${event.item}`))
    .sort((a, b) => a.at - b.at);
  t.deepEqual(sequencesOf(dataset), sequencesByHand(coreByHand(chosen, 4)));
});

test('repeated items are kept unless asked otherwise', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b a a c\n' });
  const kept = await prepare({ format: 'sequences', path });
  t.deepEqual(sequencesOf(kept.dataset).u, ['a', 'b', 'a', 'a', 'c']);
  const first = await prepare({ format: 'sequences', path, duplicates: 'first' });
  t.deepEqual(sequencesOf(first.dataset).u, ['a', 'b', 'c']);
});

test('items without metadata have empty text, or go with require_metadata', async (t) => {
  const path = folderWith(t, {
    'sequences.txt': 'u a x b c\n',
    'items.jsonl': '{"item_id":"a"}\n{"item_id":"b"}\n{"item_id":"c"}\n',
  });
  const kept = await prepare({ format: 'sequences', path });
  t.deepEqual(sequencesOf(kept.dataset).u, ['a', 'x', 'b', 'c']);
  t.deepEqual(kept.dataset.items[3], {
    item_id: 'x',
    title: '',
    description: '',
    categories: [],
    brand: '',
    keywords: [],
  });
  const required = await prepare({ format: 'sequences', path, require_metadata: true });
  t.deepEqual(sequencesOf(required.dataset).u, ['a', 'b', 'c']);
});

test('a memory limit that is too tight for a Parquet file is said plainly', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'log.parquet');
  await writeParquet(
    path,
    "SELECT 'u' || range AS user_id, 'i' AS item_id, range AS timestamp FROM range(200000)",
  );
  const error = await failureOf(t, {
    format: 'table',
    path,
    columns: { user: 'user_id', item: 'item_id', time: 'timestamp' },
    memory_limit: '1MB',
  });
  t.is(error.code, 'dataset/no-space');
});

test('texts wait in a file until it is known which are kept', async (t) => {
  const ids = Array.from({ length: 40_000 }, (_, at) => `i${at}`);
  const text = Array.from({ length: 2000 }, (_, at) => String.fromCharCode(97 + ((at * at) % 26))).join('');
  const folder = folderWith(t, {
    'log.csv': `user,item\n${ids.map((id, at) => `u${at % 9000},${id}\n`).join('')}`,
    'items.csv': `item,title,description\n${ids.map((id) => `${id},${id},${id} ${text}\n`).join('')}`,
  });
  const { dataset } = await prepare({
    format: 'table',
    path: join(folder, 'log.csv'),
    items_path: join(folder, 'items.csv'),
    columns: { user: 'user', item: 'item' },
    item_columns: { item: 'item' },
  });
  t.deepEqual(
    dataset.items.map(({ title }) => title),
    ids,
  );
});

test('an aborted signal ends the work with its reason', async (t) => {
  const path = folderWith(t, { 'sequences.txt': 'u a b c\n' });
  const { prepareDataset } = await import('../../orchestrator/dataset/prepare-dataset.ts');
  const abort = new AbortController();
  const { datasetSettings } = await import('../../orchestrator/dataset/settings.ts');
  const work = prepareDataset(
    datasetSettings.parse({ format: 'sequences', path, k_core: 0 }),
    () => abort.abort(new Error('enough')),
    { signal: abort.signal },
  );
  await t.throwsAsync(work, { message: 'enough' });
});

test('catalogue: all keeps items that nobody bought, but none that a shop hides', async (t) => {
  const path = folderWith(t, {
    'orders.csv':
      'Name,Email,Created at,Lineitem sku\n#1,ann,2024-01-01,A\n#2,ann,2024-01-02,B\n#3,ann,2024-01-03,A\n',
    'products.csv':
      'SKU,Title,Status\nNEW,Fresh,active\nA,Apple,active\nOLD,Gone,archived\nB,Bread,archived\n',
  });
  const idsOf = async (catalogue: 'bought' | 'all') => {
    const { dataset, messages } = await prepare({ format: 'shopify', path, catalogue });
    return { ids: dataset.items.map(({ item_id }) => item_id), messages };
  };
  t.deepEqual((await idsOf('bought')).ids, ['A', 'B']);
  const { ids, messages } = await idsOf('all');
  t.deepEqual(ids, ['NEW', 'A', 'B']);
  t.true(
    messages.some(
      (message) =>
        message.type === 'note' &&
        message.text ===
          'catalogue: all keeps 1 items without an interaction; 1 more are not for sale and left out',
    ),
  );
});

test('what the k-core leaves out is said, with the way to keep it', async (t) => {
  const path = join(
    folderWith(t, { 'log.csv': 'user_id,item_id\nu,a\nu,b\nu,a\nv,a\nv,b\nv,b\nw,c\n' }),
    'log.csv',
  );
  const { messages } = await prepare({ format: 'table', path, k_core: 2 });
  t.true(
    messages.some(
      (message) =>
        message.type === 'note' &&
        message.text === 'k_core: 2 leaves out 1 of 3 users and 1 of 3 items; k_core: 0 keeps them',
    ),
  );
});

for (const [items, texts] of [
  [4000, 1000],
  [150_000, 150_000],
])
  test(`each of ${items} items has its own text, of ${texts} in another order`, async (t) => {
    const numbers = Array.from({ length: items }, (_, at) => at);
    const turned = numbers.map((at) => (at * 7919) % items);
    const folder = folderWith(t, {
      'log.csv': `user,item,time\n${numbers.map((at) => `u${at % 3},i${at},${at}\n`).join('')}`,
      'items.csv': `item,title\n${turned
        .filter((at) => at < texts)
        .map((at) => `i${at},title ${at}\n`)
        .join('')}`,
    });
    const { dataset } = await prepare({
      format: 'table',
      path: join(folder, 'log.csv'),
      items_path: join(folder, 'items.csv'),
      columns: { user: 'user', item: 'item', time: 'time' },
      item_columns: { item: 'item' },
    });
    t.is(dataset.items.length, items);
    t.true(dataset.items.every(({ item_id, title }) => title === '' || `i${title.slice(6)}` === item_id));
    t.is(dataset.items.filter(({ title }) => title !== '').length, texts);
    const [first] = dataset.offsets;
    t.deepEqual(
      [...dataset.events.subarray(first, first + 3)].map((item) => dataset.items[item].item_id),
      ['i0', 'i3', 'i6'],
    );
    t.true(
      dataset.events.every((item, at) => {
        const user = dataset.offsets.findLastIndex((offset) => offset <= at);
        return dataset.items[item].item_id === `i${(at - dataset.offsets[user]) * 3 + user}`;
      }),
    );
  });
