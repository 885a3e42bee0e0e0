import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openRun } from '../../orchestrator/serving/index.ts';
import { ownSmokeRuns, smokeRuns } from '../serving/smoke-run.ts';
import { withServer } from './with-server.ts';

test.before(async () => {
  await smokeRuns();
});

test('events are taken only where the server was started for it', async (t) => {
  const server = await withServer(t);
  const { status, body } = await server.post('/v1/events', { events: [{ user: 'new', item: 'x' }] });
  t.is(status, 403);
  t.is(body.error.code, 'server/no-events');
  t.is((await server.post('/v1/events/forget', { user: 'new' })).status, 403);
});

test('an event counts at once, here and in another process, and is kept', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const server = await withServer(t, { allowEvents: true }, { runsFolder });
  const [one, other] = server.run.search('shampoo', 2).map(({ item_id }) => item_id);
  t.is((await server.post('/v1/recommendations', { user: 'new' })).status, 404);
  const sent = await server.post('/v1/events', {
    events: [
      { user: 'new', item: one, event_id: 'order-1' },
      { user: 'new', item: 'no-such-item' },
      { user: 'new', item: other, event_id: 'order-1' },
    ],
  });
  t.is(sent.status, 200);
  t.deepEqual(sent.body, { object: 'events', added: 1, repeated: 1, covered: 0, ignored: ['no-such-item'] });
  const { body } = await server.post('/v1/recommendations', { user: 'new' });
  t.deepEqual(
    body.history.map(({ item_id }: { item_id: string }) => item_id),
    [one],
  );
  const again = await openRun('smoke', { runsFolder });
  t.is((await again.recommend({ user: 'new' })).history[0].item_id, one);
  await again.close();
  const forgotten = await server.post('/v1/events/forget', { user: 'new' });
  t.like(forgotten, { status: 200, body: { object: 'events', forgotten: 1 } });
  t.is((await server.post('/v1/recommendations', { user: 'new' })).status, 404);
});

test('nobody may send events from the page of another site, and a wrong batch says where', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const server = await withServer(t, { allowEvents: true }, { runsFolder });
  const events = [{ user: 'new', item: 'x' }];
  const foreign = await server.post('/v1/events', { events }, { 'sec-fetch-site': 'cross-site' });
  t.is(foreign.status, 403);
  const wrong = await server.post('/v1/events', { events: [...events, { user: '', item: 'x' }] });
  t.like(wrong, { status: 400, body: { error: { param: 'events.1.user' } } });
  const many = Array.from({ length: 1001 }, () => events[0]);
  t.is((await server.post('/v1/events', { events: many })).status, 400);
  t.throws(() => readFileSync(join(runsFolder, 'smoke/events.duckdb')), { code: 'ENOENT' });
});
