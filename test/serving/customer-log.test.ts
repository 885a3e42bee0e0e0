import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import {
  type LoggedEvent,
  type NewEvent,
  openCustomerLog,
} from '../../orchestrator/serving/events/customer-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const eventOf = (item: string, eventId: string | null = null): NewEvent => ({
  user: 'anna',
  item,
  time: 1000,
  eventId,
});
const itemsOf = (events: LoggedEvent[]) => events.map(({ item }) => item);

test('events are kept in order, each id once, and another reader sees them', async (t) => {
  const file = join(temporaryFolder(t), 'events.duckdb');
  const own: LoggedEvent[] = [];
  const log = openCustomerLog(file, (events) => own.push(...events));
  await log.refresh();
  t.is(await log.append([eventOf('a', '1'), eventOf('b', '1'), eventOf('c'), eventOf('c')]), 3);
  t.deepEqual(itemsOf(own), ['a', 'c', 'c']);

  const others: LoggedEvent[] = [];
  const other = openCustomerLog(file, (events) => others.push(...events));
  await other.refresh();
  t.deepEqual(others, own);
  const added = await Promise.all([other.append([eventOf('d', '2')]), other.append([eventOf('e', '1')])]);
  t.deepEqual(added, [1, 0]);
  await log.refresh();
  t.deepEqual(itemsOf(own), ['a', 'c', 'c', 'd']);
  t.deepEqual(readdirSync(join(file, '..')), ['events.duckdb']);
});

test('what is forgotten is gone from the file, and other readers forget it too', async (t) => {
  const file = join(temporaryFolder(t), 'events.duckdb');
  let seen: LoggedEvent[] = [];
  const other = openCustomerLog(
    file,
    (events) => seen.push(...events),
    () => {
      seen = [];
    },
  );
  const log = openCustomerLog(file, () => {});
  t.is(await log.forget('anna'), 0);
  const secret = 'someone-who-asks-to-be-forgotten';
  await log.append([eventOf('a'), { ...eventOf('b'), user: secret }, eventOf('c', 'order-1')]);
  await other.refresh();
  t.is(await log.forget(secret), 1);
  t.is(await log.forget(secret), 0);
  t.false(readFileSync(file).includes(secret));
  await other.refresh();
  t.deepEqual(itemsOf(seen), ['a', 'c']);
  t.is(await other.append([eventOf('d'), eventOf('c', 'order-1')]), 1);
  t.deepEqual(itemsOf(seen), ['a', 'c', 'd']);
  t.deepEqual(readdirSync(join(file, '..')), ['events.duckdb']);
});

test('a file that is none is an error, and is left as it is', async (t) => {
  const file = join(temporaryFolder(t), 'events.duckdb');
  writeFileSync(file, 'not a database');
  const log = openCustomerLog(file, () => {});
  await t.throwsAsync(log.refresh(), { code: 'serving/broken-events' });
  await t.throwsAsync(log.append([eventOf('a')]), { code: 'serving/broken-events' });
});

test('two processes write and read at once; what was confirmed outlives a kill', async (t) => {
  const file = join(temporaryFolder(t), 'events.duckdb');
  const writer = fileURLToPath(new URL('event-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, writer, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const confirmed: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => confirmed.push(line));
  const seen: LoggedEvent[] = [];
  const log = openCustomerLog(file, (events) => seen.push(...events));
  for (let at = 0; at < 5 || confirmed.length < 5; at++)
    t.is(await log.append([eventOf(`here-${at}`, `here-${at}`)]), 1);
  child.kill('SIGKILL');
  await once(child, 'close');
  await log.refresh();
  const items = new Set(itemsOf(seen));
  t.deepEqual(
    confirmed.filter((item) => !items.has(item)),
    [],
  );
  t.is(await log.append([eventOf('last')]), 1);
});
