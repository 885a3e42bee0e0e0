import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { writeLists } from '../../orchestrator/lists/write-lists.ts';
import { openCustomerEvents } from '../../orchestrator/serving/events/customer-events.ts';
import { openShopRun } from '../serving/shop-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The shop of the tests, with a log of events of its own. */
async function shopWithEvents(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const { ids, userIds, run: closed } = await openShopRun();
  await closed.close();
  const items = ids.map((item_id) => ({
    item_id,
    title: '',
    description: '',
    categories: [],
    brand: '',
    keywords: [],
  }));
  const file = join(folder, 'events.duckdb');
  const events = await openCustomerEvents({ file, items, endOfLog: 0, logReadAt: 0 });
  const { run } = await openShopRun({ events });
  t.teardown(run.close);
  const buys = (user: string, item: string) => run.addEvents({ events: [{ user, item }] });
  const out = join(folder, 'recs.jsonl');
  const listed = (): string[] => {
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    return [...new Set<string>(lines.map((line) => JSON.parse(line).user_id))];
  };
  return { run, ids, userIds, buys, out, listed };
}

test('customers who are known by sent events alone get lists, too', async (t) => {
  const { run, ids, userIds, buys, out, listed } = await shopWithEvents(t);
  await buys('new@x.example', ids[3]);
  await buys(userIds[0], ids[3]);
  const { users } = await writeLists(run, { out, k: 3 });
  t.is(users, userIds.length + 1);
  t.deepEqual(listed(), [...userIds, 'new@x.example']);
});

test('who gets a list is settled when the lists begin: who comes while they stand still waits for the next night', async (t) => {
  const { run, ids, userIds, buys, out, listed } = await shopWithEvents(t);
  await buys('first', ids[3]);
  await buys('forgotten', ids[3]);
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }) => done >= 70 && stop.abort(new Error('stopped'));
  const stopped = writeLists(run, { out, k: 3, block: 20, onProgress, signal: stop.signal });
  await t.throwsAsync(stopped, { message: 'stopped' });
  await buys('second', ids[4]);
  await run.forgetEvents('forgotten');
  const notes: string[] = [];
  await writeLists(run, { out, k: 3, block: 20, onNote: (text) => notes.push(text) });
  t.regex(notes.join('\n'), /finished parts are there/);
  t.deepEqual(listed(), [...userIds, 'first']);
  await writeLists(run, { out, k: 3 });
  t.deepEqual(listed(), [...userIds, 'first', 'second']);
});

test('sent events count for what is popular', async (t) => {
  const { run, ids } = await shopWithEvents(t);
  await run.addEvents({ events: Array.from({ length: 300 }, () => ({ user: 'keen', item: ids[7] })) });
  const { items, fallback } = await run.recommend({ user: 'stranger', fallback: 'popular', k: 3 });
  t.is(fallback, 'popular');
  t.is(items[0].item_id, ids[7]);
});
