import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readBreakdown } from '../../orchestrator/evaluation/breakdown.ts';
import { readRanks } from '../../orchestrator/evaluation/ranks-file.ts';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { compareRuns, showRun } from '../../orchestrator/runs/read-runs.ts';
import { openRun } from '../../orchestrator/serving/index.ts';
import { openRunArtefacts } from '../../orchestrator/serving/run-artefacts.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runInProcess } from './run-in-process.ts';

const colours = ['red', 'blue', 'green'];
const kinds = ['soap', 'cream', 'comb', 'brush'];

/** Forty users walk around a ring of twelve items, one step at a time: what follows an item is its neighbour. */
function ringShop(t: ExecutionContext) {
  const folder = temporaryFolder(t);
  const data = join(folder, 'data');
  mkdirSync(data);
  const users = Array.from({ length: 40 }, (_, user) =>
    [`u${user}`, ...Array.from({ length: 6 }, (_, step) => `i${(user + step) % 12}`)].join(' '),
  );
  writeFileSync(join(data, 'sequences.txt'), `${users.join('\n')}\n`);
  const items = Array.from({ length: 12 }, (_, item) => ({
    item_id: `i${item}`,
    title: `${colours[item % 3]} ${kinds[item % 4]}`,
  }));
  writeFileSync(join(data, 'items.jsonl'), items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const runsFolder = join(folder, 'runs');
  const run = (name: string, set: string[] = []) =>
    runInProcess(runsFolder, join(packageRoot, 'recipes', `${name}.yaml`), {
      set: ['dataset.k_core=0', 'evaluation.bootstrap_samples=50', ...set],
      env: { AMAZON_BEAUTY: data },
    });
  return { run, runsFolder };
}

const small = ['hidden_size=4', 'epochs=1', 'num_layers=1'].map(
  (setting) => `embedding.behaviour.${setting}`,
);
const encoders = [...small, 'embedding.semantic.dimensions=4'];

test('popularity.yaml runs to its metrics: two stages, no row beside its own', async (t) => {
  const { run, runsFolder } = ringShop(t);
  const folder = await run('popularity');
  const { methods, differences, protocol } = readResult(join(folder, '07-evaluation/metrics.json'));
  t.deepEqual(
    methods.map(({ name, kind }) => [name, kind]),
    [['popularity', 'scorer']],
  );
  t.deepEqual(differences, []);
  t.is(protocol.num_beams, null);
  const { stages, planned, status } = showRun(runsFolder, 'popularity');
  t.deepEqual(planned, ['01-dataset', '07-evaluation']);
  t.deepEqual(
    stages.map(({ stage, state }) => [stage, state]),
    [
      ['01-dataset', 'done'],
      ['07-evaluation', 'done'],
    ],
  );
  t.is(status, 'finished');
});

test('next-item.yaml finds the neighbour of every last item, and stands last, compared with each baseline', async (t) => {
  const { run, runsFolder } = ringShop(t);
  const folder = await run('next-item');
  const { methods, differences } = readResult(join(folder, '07-evaluation/metrics.json'));
  t.deepEqual(
    methods.map(({ name }) => name),
    ['popularity', 'bought-together', 'what-followed'],
  );
  t.is(methods[2].metrics['recall@1'].value, 1);
  t.deepEqual(
    differences.map(({ method, baseline }) => [method, baseline]),
    [
      ['what-followed', 'popularity'],
      ['what-followed', 'bought-together'],
    ],
  );
  // The ranks of the run's own row are what runs are compared by; there are no digits to be found.
  t.deepEqual(new Set(readRanks(join(folder, '07-evaluation')).kept), new Set([1]));
  t.deepEqual(readBreakdown(join(folder, '07-evaluation/breakdown.json')).digits_found, []);
  await run('popularity');
  const { figures } = compareRuns(runsFolder, ['next-item', 'popularity']);
  t.is(figures.find(({ name }) => name === '07-evaluation recall@1')?.values[0], 1);
});

test('seen items are kept or removed, on either split, as for every other run', async (t) => {
  const { run } = ringShop(t);
  const folder = await run('next-item', [
    'recommender=buy-again',
    'decoding.seen_items=allowed',
    'evaluation.split=validation',
  ]);
  const { methods, protocol } = readResult(join(folder, '07-evaluation/metrics.json'));
  const own = methods.at(-1);
  t.is(own?.name, 'buy-again');
  t.is(protocol.split, 'validation');
  t.true(protocol.lists_seen);
  // Nobody walks back: what the user has stands first, and is never the answer.
  t.is(own?.metrics['recall@1'].value, 0);
  t.true(Number(own?.removed?.['recall@10'].value) >= Number(own?.metrics['recall@10'].value));
});

test('sasrec.yaml runs to its metrics, an ensemble as one row with its first encoder beside it', async (t) => {
  const { run } = ringShop(t);
  const set = [...encoders, 'embedding.behaviour.num_heads=1', 'embedding.behaviour.ensemble=2'];
  const folder = await run('sasrec', [...set, 'evaluation.baselines=[popularity,behaviour]']);
  const { methods } = readResult(join(folder, '07-evaluation/metrics.json'));
  t.deepEqual(
    methods.map(({ name }) => name),
    ['popularity', 'sasrec', 'sasrec x2'],
  );
});

test('din.yaml runs to its metrics and answers, without a model', async (t) => {
  const { run, runsFolder } = ringShop(t);
  const folder = await run('din', encoders);
  const { methods } = readResult(join(folder, '07-evaluation/metrics.json'));
  t.is(methods.at(-1)?.name, 'din');
  const opened = await openRun('din', { runsFolder });
  t.teardown(opened.close);
  t.is((await opened.recommend({ history: ['i1', 'i2'], k: 3 })).items.length, 3);
  t.is((await opened.similar('i1', { k: 2 })).data.length, 2);
});

test('rpg.yaml runs to its metrics and answers, though its items have digits alone', async (t) => {
  const { run, runsFolder } = ringShop(t);
  const small = ['digits=4', 'digit_values=8', 'num_heads=1'].map((each) => `embedding.behaviour.${each}`);
  const folder = await run('rpg', [...encoders, ...small]);
  const { methods } = readResult(join(folder, '07-evaluation/metrics.json'));
  t.is(methods.at(-1)?.name, 'rpg');
  const opened = await openRun('rpg', { runsFolder });
  t.teardown(opened.close);
  t.is((await opened.recommend({ history: ['i1', 'i2'], k: 3 })).items.length, 3);
});

test('a run without a model answers for users and histories, and says what it cannot do', async (t) => {
  const { run, runsFolder } = ringShop(t);
  await run('next-item');
  const opened = await openRun('next-item', { runsFolder });
  t.teardown(opened.close);
  const { items } = await opened.recommend({ history: ['i3', 'i4'], k: 2 });
  t.is(items[0].item_id, 'i5');
  t.deepEqual(items[0].code, []);
  t.true(items[0].score <= 0 && items[0].score >= items[1].score);
  const left = await opened.recommend({ history: ['i3', 'i4'], k: 2, exclude: ['i5'] });
  t.false(left.items.some(({ item_id }) => item_id === 'i5'));
  const lists = [];
  for await (const list of opened.recommendAll(undefined, { k: 1 })) lists.push(list.items[0].item_id);
  t.is(lists.length, 40);
  t.is((await opened.evaluate({ split: 'validation' })).methods[0].metrics['recall@1'].value, 1);
  await t.throwsAsync(async () => opened.recommend({ prompt: 'soap' }), { code: 'serving/no-model' });
  t.throws(() => opened.chat(), { code: 'serving/no-model' });
  t.throws(() => opened.explain({ item: 'i1', history: ['i2'] }), { code: 'serving/no-model' });
  await t.throwsAsync(opened.similar('i1'), { code: 'serving/no-vectors' });
  // Export, prompts and runs that go on from it ask for its codes.
  await t.throwsAsync(openRunArtefacts(runsFolder, 'next-item'), { code: 'runs/no-such-stage' });
});
