import test from 'ava';
import { openAside } from '../../../orchestrator/server/page/aside/open-aside.ts';
import { createItemLinker } from '../../../orchestrator/serving/link-items.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { smokeRuns } from '../../serving/smoke-run.ts';
import { withServer } from '../with-server.ts';

const names = (count: number) => Array.from({ length: count }, (_, at) => `k${at}: 1`).join('\n');
const manyNames = names(9_000);

test('while a recipe of many names is judged, everybody else is answered', async (t) => {
  const server = await withServer(t);
  let judged = false;
  const judging = server.post('/page/recipes/check', { text: manyNames }).then((answer) => {
    judged = true;
    return answer;
  });
  for (const path of ['/healthz', '/v1/models', '/page/runs', '/v1/items?query=shampoo']) {
    t.is((await server.get(path)).status, 200);
    if (path === '/healthz') t.false(judged, 'the recipe was not finished before');
  }
  const { status, body } = await judging;
  t.is(status, 200);
  t.true(body.problems.length > 0);
});

test('while the index of a run is opened for the page, everybody else is answered', async (t) => {
  const server = await withServer(t);
  let opened = false;
  const opening = server.get('/page/runs/smoke/index').then((answer) => {
    opened = true;
    return answer;
  });
  t.is((await server.get('/healthz')).status, 200);
  t.false(opened);
  t.is((await opening).status, 200);
});

test('more recipes than can wait are told to come again, and none is lost', async (t) => {
  const server = await withServer(t);
  const answers = await Promise.all(
    Array.from({ length: 70 }, () => server.post('/page/recipes/check', { text: 'extends: smoke\n' })),
  );
  const statuses = answers.map(({ status }) => status);
  t.deepEqual([...new Set(statuses)].sort(), [200, 429]);
  t.is((await server.post('/page/recipes/check', { text: 'extends: smoke\n' })).status, 200);
  t.deepEqual(server.log, []);
});

test('a task that takes too long, or too much memory, is broken off as a mistake, and the next one is done', async (t) => {
  for (const limits of [
    { seconds: 0.001, megabytes: 512 },
    { seconds: 600, megabytes: 8 },
  ]) {
    const aside = openAside({ waiting: 10, ...limits });
    t.teardown(aside.close);
    const given = ['checkComposed', manyNames, ['/']] as const;
    const ends = await Promise.allSettled([aside.ask(...given), aside.ask(...given)]);
    for (const end of ends) t.like(end, { status: 'rejected', reason: { code: 'server/too-much' } });
  }
  const aside = openAside({ seconds: 600, waiting: 10, megabytes: 512 });
  t.teardown(aside.close);
  const unknown = await t.throwsAsync(aside.ask('showRun', await smokeRuns(), 'nowhere'), {
    instanceOf: UserError,
  });
  t.is(unknown.code, 'runs/unknown');
  t.is((await aside.ask('showRun', await smokeRuns(), 'smoke')).name, 'smoke');
});

test('an opened run has made its index of texts: no request waits for that', async (t) => {
  let reads = 0;
  const items = ['dove shampoo sensitive', 'olay night cream'].map((title, at) => ({
    item_id: `item-${at}`,
    title,
    brand: '',
    categories: [],
    keywords: [],
    get description() {
      reads++;
      return 'a description';
    },
  }));
  const linker = createItemLinker(items);
  t.is(reads, 0);
  await linker.prepare();
  const before = reads;
  t.true(before > 0);
  t.is(linker.read('I have dove shampoo sensitive').mentions[0].item, 0);
  t.is(linker.search('nigh', 1)[0].item, 1);
  t.is(reads, before);
});
