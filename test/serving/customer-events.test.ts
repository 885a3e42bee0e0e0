import { join } from 'node:path';
import test from 'ava';
import {
  type CustomerEventsParts,
  openCustomerEvents,
} from '../../orchestrator/serving/events/customer-events.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openShopRun } from './shop-run.ts';
import { items } from './tiny-shop.ts';

const openAt = (file: string, parts: Partial<CustomerEventsParts> = {}) =>
  openCustomerEvents({ file, items: items(5), endOfLog: null, logReadAt: 1000, ...parts });

test('events come in order of time; new customers are known by them', async (t) => {
  const events = await openAt(join(temporaryFolder(t), 'events.duckdb'));
  const added = await events.add({
    events: [
      { user: 'anna', item: 'i2', time: '2024-06-01T12:00:00+02:00' },
      { user: 'anna', item: 'i1', time: 1717229000 },
      { user: 'anna', item: 'i9' },
      { user: 'ben', item: 'i3', event_id: 'one' },
      { user: 'ben', item: 'i4', event_id: 'one' },
    ],
  });
  t.deepEqual(added, { added: 3, repeated: 1, covered: 0, ignored: ['i9'] });
  t.deepEqual(events.takenBy('anna'), { items: [1, 2], times: [1717229000, 1717236000] });
  t.deepEqual(events.takenBy('ben')?.items, [3]);
  t.is(events.takenBy('carla'), null);
});

test('what the log of a newer training has as well does not count twice', async (t) => {
  const file = join(temporaryFolder(t), 'events.duckdb');
  const first = await openAt(file);
  await first.add({
    events: [
      { user: 'anna', item: 'i1', time: 5000 },
      { user: 'anna', item: 'i2', time: 6000 },
    ],
  });
  const later = await openAt(file, { endOfLog: 5500, logReadAt: Date.now() / 1000 + 1 });
  t.deepEqual(later.takenBy('anna')?.items, [2]);
  const late = await later.add({ events: [{ user: 'anna', item: 'i3', time: 5400 }] });
  t.like(late, { added: 1, covered: 1 });
  t.deepEqual(later.takenBy('anna')?.items, [2]);
  const withoutTimes = await openAt(file, { logReadAt: Date.now() / 1000 + 1 });
  t.is(withoutTimes.takenBy('anna'), null);
});

test('an event of the future is refused, and none of its batch is kept', async (t) => {
  const events = await openAt(join(temporaryFolder(t), 'events.duckdb'));
  const batch = [
    { user: 'anna', item: 'i1' },
    { user: 'anna', item: 'i2', time: Date.now() },
  ];
  await t.throwsAsync(events.add({ events: batch }), {
    code: 'serving/event-time',
    message: /^events.1.time/,
  });
  t.is(events.takenBy('anna'), null);
});

test('lists for a customer start from new events at once, of known and new customers', async (t) => {
  const { run, ids, userIds } = await openShopRun({
    events: await openCustomerEvents({
      file: join(temporaryFolder(t), 'events.duckdb'),
      items: (await openShopRun()).ids.map((item_id) => ({ ...items(1)[0], item_id })),
      endOfLog: null,
      logReadAt: 0,
    }),
  });
  const before = await run.recommend({ user: userIds[0] });
  await t.throwsAsync(run.recommend({ user: 'new' }), { code: 'serving/unknown-user' });
  await run.addEvents({
    events: [
      { user: 'new', item: ids[8] },
      { user: userIds[0], item: ids[9] },
    ],
  });
  const after = await run.recommend({ user: userIds[0] });
  t.deepEqual(
    after.history.map(({ item_id }) => item_id),
    [...before.history.map(({ item_id }) => item_id), ids[9]].slice(-before.history.length),
  );
  const fresh = await run.recommend({ user: 'new', history: [ids[3]] });
  t.deepEqual(
    fresh.history.map(({ item_id }) => item_id),
    [ids[8], ids[3]],
  );
  await t.throwsAsync(run.addEvents({ events: [] }), { code: 'serving/request' });
  const { run: without } = await openShopRun();
  await t.throwsAsync(without.addEvents({ events: [{ user: 'a', item: ids[0] }] }), {
    code: 'serving/no-events',
  });
});
