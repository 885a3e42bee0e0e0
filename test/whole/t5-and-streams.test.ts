import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { eagerLlm } from './eager-llm.ts';

// One tiny run of what the other whole tests do not do: an encoder-decoder, whose items have two codes each.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-t5-')));
const runsFolder = join(folder, 'runs');
const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
  join(runsFolder, 'tiny', stageFolderName(stage), ...path);
const recipe = `
extends: smoke
name: tiny
embedding: {behaviour: {epochs: 1, ensemble: 1}}
item_index: {fusion: streams}
prompts: {layout: prefix}
model: {family: t5, num_hidden_layers: 1}
training:
  validation_users: 40
  stages:
    - name: alignment
      tuning: full
      tasks: {sequential-recommendation: 0.2, item-to-index: 1, index-to-item: 0.2}
      learning_rate: 0.003
      dropout: 0.1
      contrastive_weight: 0.1
    - name: annealing
      tuning: lora
      tasks: {sequential-recommendation: 0.1}
      lora_target_modules: [q, k, v, o, wi, wo]
evaluation: {bootstrap_samples: 0, task_questions: 5, max_users: 60}
`;

let said: Awaited<ReturnType<typeof eagerLlm>>;

test.before(async (t) => {
  t.timeout(240_000);
  const file = join(folder, 'tiny.yaml');
  writeFileSync(file, recipe);
  said = await eagerLlm(['run', file, '--runs-dir', runsFolder]);
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial('a T5 over two streams of codes runs to its metrics', (t) => {
  t.is(said.exitCode, 0, String(said.stderr));
  const { methods } = readResult(fileOf('evaluation', 'metrics.json'));
  const own = methods.find(({ kind }) => kind === 'generative');
  t.true(Number(own?.metrics['recall@10'].value) >= 0);
  t.regex(String(said.stdout), /^eager-llm /m);
});

test.serial('its items have a code of texts and one of behaviour', (t) => {
  const { streams } = readItemIndex(fileOf('item-index', 'index.json'), 159);
  t.deepEqual(
    streams?.map(({ name }) => name),
    ['semantic', 'behaviour'],
  );
});

test.serial('its model is a T5 that transformers can open, and it has learned', (t) => {
  t.is(readModel(fileOf('training', 'model')).architecture, 'T5ForConditionalGeneration');
  const losses = readMetrics(fileOf('training', '01-alignment')).flatMap(({ loss }) => loss ?? []);
  const mean = (some: number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
  t.true(mean(losses.slice(-5)) < mean(losses.slice(0, 5)), `${losses[0]} to ${losses.at(-1)}`);
});

test.serial('it recommends from the run, in words and to machines', async (t) => {
  const { exitCode, stdout, stderr } = await eagerLlm([
    'recommend',
    'tiny',
    '--prompt',
    'a shampoo for dry hair',
    '--k',
    '3',
    '--json',
    '--runs-dir',
    runsFolder,
  ]);
  t.is(exitCode, 0, String(stderr));
  t.is(JSON.parse(String(stdout)).items.length, 3);
});

test.serial('it is not exported, since no other tool merges its lists', async (t) => {
  const { exitCode, stderr } = await eagerLlm(['export', 'tiny', '--to', 'hf', '--runs-dir', runsFolder]);
  t.is(exitCode, 1);
  t.regex(String(stderr), /export\/streams/);
});
