import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { ownSmokeRuns, smokeRuns } from '../serving/smoke-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startServer, type TestServer, withServer } from './with-server.ts';

const tiny = 'extends: smoke\nevaluation: {bootstrap_samples: 0}\n';

async function untilStatus(server: TestServer, name: string, wanted: RegExp): Promise<string> {
  for (;;) {
    const { body } = await server.get(`/page/runs/${name}/news`);
    if (wanted.test(body.status)) return body.status;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('the page gets runs, their news, index and items', async (t) => {
  const server = await withServer(t);
  const { body: runs } = await server.get('/page/runs');
  t.true(
    runs.runs.some(
      ({ name, status }: { name: string; status: string }) => name === 'smoke' && status === 'finished',
    ),
  );
  const listed = runs.runs.find(({ name }: { name: string }) => name === 'smoke');
  t.like(listed.measured, { split: 'test', users: 163, users_in_split: 163, items: 159 });
  t.deepEqual(Object.keys(listed.measured.figures), ['removed', 'kept']);
  t.is(typeof listed.measured.figures.kept['ndcg@10'].high, 'number');
  t.regex(listed.data, /^[0-9a-f]{64}$/);
  t.is(listed.planned.length, 7);
  const { body: run } = await server.get('/page/runs/smoke');
  t.is(run.evaluation.methods.at(-1).kind, 'generative');
  t.false('folder' in run.run);
  t.regex(run.commands.resume, /^npx eager-llm run .*smoke\/recipe\.yaml --run smoke --runs-dir /);
  t.regex(run.commands.again, / --run smoke-again .*--from dataset$/);
  const { body: news } = await server.get('/page/runs/smoke/news');
  t.deepEqual(
    news.metrics.map(({ part }: { part: string }) => part),
    ['06-training/01-alignment', '06-training/02-annealing'],
  );
  const { body: index } = await server.get('/page/runs/smoke/index');
  t.deepEqual(
    index.levels.map(({ source }: { source: string }) => source),
    ['semantic', 'semantic', 'behaviour', 'behaviour'],
  );
  const { body: found } = await server.get('/page/runs/smoke/items?query=shampo');
  const { digits, code } = found.items[0];
  t.is(code.length, 4);
  const { body: leaf } = await server.get(`/page/runs/smoke/branch?digits=${digits.join(',')}`);
  t.is(leaf.count, 1);
});

test('runs lead to the report of their sweep, a page without a script or an origin', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  cpSync(join(runsFolder, 'smoke'), join(runsFolder, 'beams.wide.s1'), { recursive: true });
  const folder = join(runsFolder, 'sweeps', 'beams');
  mkdirSync(folder, { recursive: true });
  const server = await withServer(t, { runsFolder }, { runsFolder });
  // Runs may be there before the first report.
  t.is((await server.get('/page/runs/beams.wide.s1')).body.run.sweep, null);
  t.is((await server.get('/page/sweeps/beams/report')).status, 404);

  writeFileSync(join(folder, 'report.html'), `<main>in ${process.cwd()}/recipes/beams.yaml</main>`);
  const { body } = await server.get('/page/runs');
  t.deepEqual(
    Object.fromEntries(
      body.runs.map(({ name, sweep }: { name: string; sweep: string | null }) => [name, sweep]),
    ),
    { 'beams.wide.s1': 'beams', smoke: null },
  );
  t.is((await server.get('/page/comparison?runs=smoke,beams.wide.s1')).body.runs[1].run.sweep, 'beams');
  const report = await server.get('/page/sweeps/beams/report');
  t.is(report.headers.get('content-type'), 'text/html; charset=utf-8');
  const policy = report.headers.get('content-security-policy') ?? '';
  t.regex(policy, /^sandbox; default-src 'none'; /);
  t.notRegex(policy, /script|allow/);
  t.regex(report.body, /^<main><nav .*<\/nav>in recipes\/beams\.yaml<\/main>$/);
  for (const address of ['../../../#/runs?sweep=beams', '../../../#/runs/beams.wide.s1'])
    t.true(report.body.includes(`<a href="${address}">`), report.body);
  t.is((await server.get('/page/sweeps/..%2Fbeams/report')).status, 400);

  // Of which runs it is, only the figures beside it say.
  t.deepEqual((await server.get('/page/sweeps/beams')).body, { reported: null, here: ['beams.wide.s1'] });
  const runs = ['beams.narrow.s1', 'beams.wide.s1'].map((run) => ({ run }));
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ version: 2, runs }));
  t.deepEqual((await server.get('/page/sweeps/beams')).body.reported, ['beams.narrow.s1', 'beams.wide.s1']);
});

test('a figure or a setting that a compared run lacks is null, so that every run has its place', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  cpSync(join(runsFolder, 'smoke'), join(runsFolder, 'early'), { recursive: true });
  rmSync(join(runsFolder, 'early', '07-evaluation'), { recursive: true });
  appendFileSync(join(runsFolder, 'early', 'recipe.yaml'), 'further: [1]\n');
  const server = await withServer(t, { runsFolder }, { runsFolder });
  const { body } = await server.get('/page/comparison?runs=smoke,early');
  const recall = body.figures.find(
    ({ name }: { name: string }) => name === '07-evaluation recall@10, seen removed',
  );
  t.is(typeof recall.values[0], 'number');
  t.is(recall.values[1], null);
  t.deepEqual(body.settings, [{ path: 'further', values: [null, '[1]'] }]);
  // There is nothing to compare it with, user by user.
  const paired = async (runs: string) =>
    (await server.get(`/page/comparison/differences?runs=${runs}`)).body.differences;
  t.is(await paired('smoke,early'), null);
  const { differences } = await paired('smoke,smoke');
  t.like(differences[0], { run: 'smoke', minus: 'smoke' });
  t.like(differences[0].by.removed['recall@10'], { value: 0, low: 0, high: 0 });
});

test('a run that is to have no index is told from one that has none yet', async (t) => {
  const runsFolder = await ownSmokeRuns(t);
  const codeOf = async (name: string, planned: (keys: Record<string, string>) => object) => {
    const folder = join(runsFolder, name);
    cpSync(join(runsFolder, 'smoke'), folder, { recursive: true });
    rmSync(join(folder, '03-item-index'), { recursive: true });
    const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    writeFileSync(
      join(folder, 'run.json'),
      JSON.stringify({ ...record, stage_keys: planned(record.stage_keys) }),
    );
    return (await server.get(`/page/runs/${name}/index`)).body.error.code;
  };
  const server = await withServer(t, { runsFolder }, { runsFolder });
  t.is(await codeOf('early', (keys) => keys), 'serving/no-index');
  t.is(await codeOf('plain', ({ '03-item-index': _, ...keys }) => keys), 'serving/no-codes');
  t.is((await server.get('/page/runs/nowhere/index')).body.error.code, 'runs/unknown');
});

for (const path of [
  '/page/runs/..%2f..%2fetc',
  '/page/runs/%2e%2e/news',
  '/page/runs/.hidden/index',
  '/page/runs/smoke%00/index',
  '/page/comparison?runs=smoke,../../etc',
  `/page/comparison?runs=${'a,'.repeat(9)}`,
  '/page/runs/smoke/branch?digits=-1',
  '/page/runs/smoke/branch?digits=1e9',
  '/page/runs/smoke/branch?digits=99999',
  '/page/runs/smoke/items?query=',
  '/page/runs/nowhere',
  '/assets/..%2f..%2fpackage.json',
  '/..%2fpackage.json',
])
  test(`nothing comes of ${path}`, async (t) => {
    const server = await withServer(t);
    const { status, body } = await server.get(path);
    t.true(status >= 400 && status < 500, `${status}`);
    t.is(typeof body.error.message, 'string');
    t.deepEqual(server.log, []);
  });

test('a recipe of the page is judged by the resolver, within its folders and without the environment', async (t) => {
  const server = await withServer(t);
  const check = async (text: string) => (await server.post('/page/recipes/check', { text })).body;
  t.deepEqual((await check(tiny)).problems, []);
  const { problems, recipe } = await check('extends: smoke\ndecoding:\n  num_beam: 3\n');
  t.is(recipe, null);
  t.like(problems[0], { line: 3, path: 'decoding.num_beam', remedy: 'Did you mean "num_beams"?' });
  for (const text of [
    'extends: /etc/passwd',
    'extends: ../../../etc/hosts',
    `${tiny}model: {base_model: /root}`,
  ])
    t.regex((await check(text)).problems[0].message, /lies outside of the folders/);
  const answer = JSON.stringify(await check(`${tiny}name: "\${HOME}"`));
  t.true(answer.includes('cannot be used here'));
  t.is((await server.post('/page/recipes/check', { text: 'a'.repeat(300_000) })).status, 400);
});

test('recipes to begin with say what they are and need, and of a text is told what it inherits', async (t) => {
  const server = await withServer(t);
  const { shipped } = (await server.get('/page/recipes')).body;
  t.like(
    shipped.find(({ name }: { name: string }) => name === 'shop'),
    {
      purpose:
        "A shop's own export, as Shopify writes it: small, with the plain methods that a shop knows beside the model.",
      needs: ['dataset.path'],
    },
  );
  // A paragraph of several lines.
  t.regex(
    shipped.find(({ name }: { name: string }) => name === 'shop').prerequisite,
    /^a folder with orders\.csv and products\.csv; .* of WooCommerce will do\.$/,
  );
  const { body } = await server.post('/page/recipes/check', { text: 'extends: shop\nseed: 2\n' });
  t.is(body.recipe, null);
  t.like(body.written, { seed: 2, dataset: { format: 'shopify' } });
  t.like(body.problems[0], { path: 'dataset.path', line: 1, is_elsewhere: true });
  t.is((await server.get('/page/about')).body.docs, null);
});

test('a recipe of the page starts no program of its own choice', async (t) => {
  const server = await withServer(t);
  const check = async (launcher: string) =>
    (await server.post('/page/recipes/check', { text: `${tiny}engine: peft\nlauncher: ${launcher}\n` })).body;
  for (const [launcher, path] of [
    ['{kind: local, python: /bin/sh}', 'launcher.python'],
    ['{kind: slurm, prologue: ["touch /tmp/mine"]}', 'launcher.prologue'],
    ['{kind: slurm, directives: ["--wrap=reboot"]}', 'launcher.directives'],
    ['{kind: torchrun, nodes: 2, rendezvous: "evil.example:29500"}', 'launcher.rendezvous'],
  ]) {
    const { problems, recipe } = await check(launcher);
    t.is(recipe, null);
    t.like(problems[0], { path, message: 'says what to start, which a recipe of the page may not' });
  }
  const twoLines = await check('{kind: slurm, partition: "a\\nreboot"}');
  t.like(twoLines.problems[0], { path: 'launcher.partition', expected: 'one word' });
});

test('a recipe of the page does not say where conversations are sent', async (t) => {
  const server = await withServer(t);
  const chat =
    'chat: {language_model: {base_url: "https://evil.example/v1", model: m, api_key_env: MY_API_KEY}}\n';
  const { body } = await server.post('/page/recipes/check', { text: `${tiny}${chat}` });
  t.is(body.recipe, null);
  t.true(body.problems.some(({ path }: { path: string }) => path === 'chat.language_model'));
});

test('nothing can be started unless that was allowed', async (t) => {
  const server = await withServer(t);
  t.is((await server.post('/page/runs', { name: 'mine', text: tiny })).status, 404);
  t.is((await server.post('/page/runs/smoke/resume', {})).status, 404);
  t.false((await server.get('/page/about')).body.allow_runs);
});

test('a run is started, stopped and gone on with, one at a time', async (t) => {
  t.timeout(600_000);
  const runsFolder = temporaryFolder(t);
  const server = await withServer(t, { allowRuns: true, runsFolder });
  const start = (name: string, text = tiny) => server.post('/page/runs', { name, text });
  t.is((await start('../mine')).status, 400);
  t.regex((await start('mine', 'extends: smoke\nseed: x\n')).body.error.message, /seed/);
  t.false(existsSync(join(runsFolder, 'mine')));

  t.is((await start('mine')).status, 201);
  t.is(readFileSync(join(runsFolder, 'mine', 'composed.yaml'), 'utf8'), tiny);
  t.regex((await start('mine')).body.error.message, /already/);
  t.regex((await start('other')).body.error.message, /under way/);
  t.is((await server.post('/page/runs/mine/stop', {})).status, 200);
  t.is(await untilStatus(server, 'mine', /./), 'interrupted');
  t.is((await server.post('/page/runs/mine/stop', {})).status, 400);

  t.is((await server.post('/page/runs/mine/resume', {})).status, 200);
  t.is(await untilStatus(server, 'mine', /finished|failed/), 'finished');
});

test('what is running ends with the server, and can go on later', async (t) => {
  t.timeout(300_000);
  const runsFolder = temporaryFolder(t);
  const server = await startServer({ allowRuns: true, runsFolder });
  const { status } = await server.post('/page/runs', { name: 'mine', text: tiny });
  await server.close();
  t.is(status, 201);
  t.is(JSON.parse(readFileSync(join(runsFolder, 'mine', 'run.json'), 'utf8')).status, 'stopped');
  t.false(existsSync(join(runsFolder, 'mine', 'lock.json')));
});

test('with API keys the page itself can be fetched, and what it asks for cannot', async (t) => {
  const server = await withServer(t, { apiKeys: ['secret'], runsFolder: await smokeRuns() });
  t.is((await server.get('/page/runs')).status, 401);
  t.is((await server.get('/page/runs', { authorization: 'Bearer secret' })).status, 200);
  // 404 where it is not built: in either case nobody is asked for a key.
  t.not((await server.get('/')).status, 401);
});
