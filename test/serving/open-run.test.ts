import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { searchPrompt } from '../../orchestrator/prompts/inference-prompts.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { type OpenRun, openRun, UserError } from '../../orchestrator/serving/index.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { ownSmokeRuns, smokeRuns } from './smoke-run.ts';

let runsFolder: string;
let run: OpenRun;
let ids: string[];
let titled: { item_id: string; title: string };

test.before(async () => {
  runsFolder = await smokeRuns();
  run = await openRun('smoke', { runsFolder });
  const items = readFileSync(join(runsFolder, 'smoke/01-dataset/items.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  ids = items.map(({ item_id }) => item_id);
  titled = items.find(({ title }) => title.split(' ').length >= 4);
});
test.after.always(() => run?.close());

const idsOf = (items: { item_id: string }[]) => items.map(({ item_id }) => item_id);

test('a history, a user and a text lead to items of the catalogue, best first', async (t) => {
  const user = JSON.parse(
    readFileSync(join(runsFolder, 'smoke/01-dataset/users.jsonl'), 'utf8').split('\n')[0],
  );
  for (const request of [{ history: ids.slice(0, 3) }, { user }, { prompt: 'zzz' }]) {
    const { items } = await run.recommend({ ...request, k: 5 });
    t.is(items.length, 5);
    t.true(idsOf(items).every((id) => ids.includes(id)));
    t.deepEqual(
      items.map(({ score }) => score),
      items.map(({ score }) => score).sort((a, b) => b - a),
    );
    for (const { code, title } of items) {
      t.regex(code.join(''), /^(<[a-z]_\d+>)+$/);
      t.not(title, '');
    }
  }
});

test('a text whose titles are items starts from them; what else it wishes for is searched for after them', async (t) => {
  const bought = await run.recommend({ prompt: `I just bought ${titled.title}, what next?` });
  t.deepEqual(idsOf(bought.history), [titled.item_id]);
  t.is(bought.query, null);
  const wished = await run.recommend({ history: [ids[0]], prompt: 'shampoo' });
  t.deepEqual([idsOf(wished.history), wished.query], [[ids[0]], 'shampoo']);
});

test('items whose texts match a wish come first', async (t) => {
  const word = titled.title.split(' ').sort((a, b) => b.length - a.length)[0];
  const { items } = await run.recommend({ prompt: word });
  t.true(items[0].matched);
  const firstOther = items.findIndex(({ matched }) => !matched);
  t.true(firstOther < 0 || items.slice(firstOther).every(({ matched }) => !matched));
});

test('excluded items never come, and the list stays full as long as there are others', async (t) => {
  const history = [ids[0]];
  const { items } = await run.recommend({ history, k: 10 });
  const others = await run.recommend({ history, k: 10, exclude: idsOf(items) });
  t.is(others.items.length, 10);
  t.false(idsOf(others.items).some((id) => idsOf(items).includes(id)));
  const left = ids.slice(-3);
  const few = await run.recommend({ history, k: 10, exclude: ids.slice(0, -3) });
  t.deepEqual(idsOf(few.items).sort(), left.sort());
  t.deepEqual((await run.recommend({ history, exclude: ids })).items, []);
});

test('where nobody takes an item again, no list holds what the user has, unless it is asked for', async (t) => {
  const history = idsOf((await run.recommend({ history: [ids[0]] })).items);
  const had = async (asked: object) =>
    idsOf((await run.recommend({ history, ...asked })).items).filter((id) => history.includes(id)).length;
  t.is(await had({}), 0, 'decoding.seen_items: as-logged');
  t.is(await had({ exclude_history: true }), 0);
  t.true((await had({ exclude_history: false })) > 0, 'a list of the likeliest items of all');
});

test('requests that are asked together get the answers that each gets alone', async (t) => {
  const requests = ids.slice(0, 30).map((id, at) => ({
    history: [id, ids[30 + at]],
    exclude: ids.slice(at, at + 5),
    k: 1 + (at % 10),
  }));
  const together = await Promise.all(requests.map((request) => run.recommend(request)));
  for (const [at, request] of requests.entries()) {
    const alone = await run.recommend(request);
    t.deepEqual(idsOf(together[at].items), idsOf(alone.items));
    for (const [place, { score }] of alone.items.entries())
      t.true(Math.abs(together[at].items[place].score - score) < 1e-4);
  }
});

const wrong: [request: object, code: string, message: RegExp][] = [
  [{}, 'serving/request', /nothing to start from/],
  [{ user: 'nobody' }, 'serving/unknown-user', /^no such user is known$/],
  [{ user: 'nobody', history: ['x'] }, 'serving/unknown-user', /^no such user is known$/],
  [{ history: ['no such item'], strict: true }, 'serving/unknown-item', /no item "no such item"/],
  [{ history: [], fallback: 'error' }, 'serving/request', /nothing to start from/],
  [{ prompt: 'x', k: 101 }, 'serving/request', /k: /],
  [
    { prompt: 'x', where: { colour: 'red' } },
    'serving/unknown-attribute',
    /no item has the attribute "colour"; there are category, brand/,
  ],
  [{ prompt: 'x', diversity: { by: 'prise', max: 1 } }, 'serving/unknown-attribute', /"prise"/],
  [{ prompt: 'x', boost: { brand: { x: 0 } } }, 'serving/request', /boost.brand.x: /],
  [{ prompt: 'x', k: 0 }, 'serving/request', /k: /],
  [{ prompt: 'x', kk: 1 }, 'serving/request', /kk/],
  [{ prompt: 7, history: 'x' }, 'serving/request', /prompt: [\s\S]*history: |history: [\s\S]*prompt: /],
];
for (const [request, code, message] of wrong)
  test(`a wrong request is a clear error: ${JSON.stringify(request)}`, async (t) => {
    const error = await t.throwsAsync(run.recommend(request), { instanceOf: UserError });
    t.is(error.code, code);
    t.regex(error.message, message);
  });

test('tokens of the vocabulary that are typed into a text never become codes', async (t) => {
  const { artefacts } = await openRunArtefacts(runsFolder, 'smoke');
  const { vocabulary, prompts } = artefacts;
  const special = new Set([...vocabulary.codeTokenIds.flat(), ...Object.values(vocabulary.controlTokenIds)]);
  const count = (text: string) => searchPrompt(prompts, text).filter((token) => special.has(token)).length;
  const plain = count('shampoo');
  const typed = [
    '<a_1><b_2>',
    '<a_1',
    '< a_1 >',
    '<<a_1>>',
    '<a_<a_1>1>',
    ...Object.keys(vocabulary.controlTokenIds),
  ];
  for (const text of typed) t.is(count(`shampoo ${text} shampoo`), plain, text);
  const { history, query } = await run.recommend({ prompt: '<a_1><b_2><c_3><d_4> shampoo' });
  t.deepEqual(history, []);
  t.regex(query ?? '', /shampoo/);
});

test('search and explain answer about the catalogue', (t) => {
  t.is(run.search(titled.title.slice(0, -2), 3)[0].item_id, titled.item_id);
  const { code, behaviour, meaning } = run.explain({ item: ids[5], history: [ids[5], ...ids.slice(0, 4)] });
  t.deepEqual(
    code.map(({ source }) => source),
    ['semantic', 'semantic', 'behaviour', 'behaviour'],
  );
  t.is(code.at(-1)?.branch_items, 1);
  for (const neighbours of [behaviour, meaning]) {
    t.deepEqual(idsOf(neighbours).sort(), ids.slice(0, 4).sort(), 'the item itself is no neighbour');
    t.true(neighbours.every(({ similarity }, at) => at === 0 || similarity <= neighbours[at - 1].similarity));
  }
});

test('evaluate counts what the run itself has counted', async (t) => {
  const stored = readResult(join(runsFolder, 'smoke', stageFolderName('evaluation'), 'metrics.json'));
  const own = stored.methods.find(({ name }) => name === 'eager-llm');
  const { methods, protocol } = await run.evaluate();
  t.deepEqual(methods[0].metrics, own?.metrics);
  t.deepEqual(protocol, stored.protocol);
  const few = await run.evaluate({ users: 20, cutoffs: [3] });
  t.is(few.protocol.users, 20);
  t.deepEqual(Object.keys(few.methods[0].metrics).sort(), ['mrr', 'ndcg@3', 'recall@3']);
});

test('closing answers what is under way, and twice is as good as once', async (t) => {
  const own = await openRun('smoke', { runsFolder });
  const asked = own.recommend({ prompt: 'shampoo' });
  await Promise.all([own.close(), own.close()]);
  t.is((await asked).items.length, 10);
  await own.close();
});

test('a run that is none, or not trained yet, is a clear error', async (t) => {
  await t.throwsAsync(openRun('nowhere', { runsFolder }), { code: 'serving/no-run' });
  await t.throwsAsync(openRun('../smoke', { runsFolder }), { code: 'runs/bad-name' });
  const own = await ownSmokeRuns(t);
  rmSync(join(own, 'smoke', stageFolderName('training'), 'manifest.json'));
  await t.throwsAsync(openRun('smoke', { runsFolder: own }), {
    code: 'serving/unfinished-run',
    message: /the stage training of the run "smoke" is not finished/,
  });
});
