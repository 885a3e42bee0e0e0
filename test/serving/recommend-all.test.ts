import test from 'ava';
import { type OpenRun, openLiveRun, openRun, type UserList } from '../../orchestrator/serving/index.ts';
import { smokeRuns } from './smoke-run.ts';

let run: OpenRun;
let runsFolder: string;

test.before(async () => {
  runsFolder = await smokeRuns();
  run = await openRun('smoke', { runsFolder });
});
test.after.always(() => run?.close());

const idsOf = ({ items }: { items: { item_id: string }[] }) => items.map(({ item_id }) => item_id);

async function taken(lists: AsyncIterable<UserList>): Promise<UserList[]> {
  const all: UserList[] = [];
  for await (const list of lists) all.push(list);
  return all;
}

test('every user gets the list that it gets alone, in the order of the users', async (t) => {
  const lists = await taken(run.recommendAll(undefined, { k: 5, block: 50 }));
  t.deepEqual(
    lists.map(({ user }) => user),
    run.users.ids,
  );
  for (const { user, ...list } of lists.filter((_, at) => at % 9 === 0)) {
    const alone = await run.recommend({ user, k: 5 });
    t.deepEqual(list.history, alone.history);
    t.deepEqual(idsOf(list), idsOf(alone));
    for (const [at, { score }] of alone.items.entries())
      t.true(Math.abs(list.items[at].score - score) < 1e-4);
  }
});

test('the options of a request hold for every list', async (t) => {
  const users = run.users.ids.slice(0, 4);
  const first = await taken(run.recommendAll(users));
  const exclude = [...new Set(first.flatMap((list) => idsOf(list).slice(0, 3)))];
  for (const exclude_history of [true, false]) {
    const options = { k: 4, exclude, exclude_history };
    const lists = await taken(run.recommendAll(users, options));
    for (const [at, user] of users.entries())
      t.deepEqual(idsOf(lists[at]), idsOf(await run.recommend({ user, ...options })));
  }
});

test('unknown items to leave out are skipped and told, as in a request, and refused where that is asked for', async (t) => {
  const users = run.users.ids.slice(0, 2);
  const [{ items }] = await taken(run.recommendAll(users));
  const told: string[] = [];
  const exclude = ['no such item', items[0].item_id];
  const lists = await taken(run.recommendAll(users, { exclude, onIgnored: (names) => told.push(...names) }));
  t.deepEqual(told, ['no such item']);
  t.false(lists.some((list) => idsOf(list).includes(exclude[1])));
  await t.throwsAsync(taken(run.recommendAll(users, { exclude, strict: true })), {
    code: 'serving/unknown-item',
  });
});

test('no block is decoded before the one ahead of it was taken, and no user read that is not needed', async (t) => {
  let [read, decoded] = [0, 0];
  const users = function* () {
    for (const id of run.users.ids) {
      read++;
      yield id;
    }
  };
  const onDecoded = (count: number) => {
    decoded = count;
  };
  const lists = run.recommendAll(users(), { block: 10, onDecoded });
  for (let took = 1; took <= 25; took++) {
    await lists.next();
    t.deepEqual([read, decoded], Array(2).fill(10 * Math.ceil(took / 10)));
  }
  await lists.return();
});

test('an unknown user is an error, or is told and gets no list', async (t) => {
  const users = [run.users.ids[0], 'nobody', run.users.ids[1]];
  await t.throwsAsync(taken(run.recommendAll(users)), { code: 'serving/unknown-user' });
  const unknown: string[] = [];
  const lists = await taken(run.recommendAll(users, { onUnknown: (id) => unknown.push(id) }));
  t.deepEqual(unknown, ['nobody']);
  t.deepEqual(
    lists.map(({ user }) => user),
    [users[0], users[2]],
  );
});

test('options that cannot be are an error; an iteration that is aborted ends with its reason', async (t) => {
  await t.throwsAsync(async () => taken(run.recommendAll(undefined, { k: 0 })), { code: 'serving/request' });
  await t.throwsAsync(taken(run.recommendAll(undefined, { k: 101 })), { code: 'serving/request' });
  const stop = new AbortController();
  const lists = run.recommendAll(undefined, {
    signal: stop.signal,
    onDecoded: () => stop.abort(new Error('enough')),
  });
  await t.throwsAsync(taken(lists), { message: 'enough' });
  t.is((await run.recommend({ user: run.users.ids[0] })).items.length, 10, 'others are still answered');
});

test('a run that is closed while lists are decoded ends them first; a live run keeps their model open', async (t) => {
  const live = await openLiveRun('smoke', { runsFolder, everySeconds: 10_000 });
  const lists = live.recommendAll(live.users.ids.slice(0, 3), { block: 1 });
  await lists.next();
  t.is((await taken(lists)).length, 2);
  t.is(live.version, run.version);
  await live.close();
  const own = await openRun('smoke', { runsFolder, batch: 4 });
  let closed: Promise<void> | undefined;
  const onDecoded = () => {
    closed ??= own.close();
  };
  t.is((await taken(own.recommendAll(own.users.ids.slice(0, 20), { onDecoded }))).length, 20);
  await closed;
});
