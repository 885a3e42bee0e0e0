import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { eagerLlm, packageFolder } from './eager-llm.ts';

// recipes/liger.yaml as it is, made small: from the raw sample to its metrics.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-liger-')));
const runsFolder = join(folder, 'runs');
const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
  join(runsFolder, 'liger', stageFolderName(stage), ...path);
const small = [
  'dataset.k_core=20',
  'dataset.history_limit=5',
  'embedding.semantic.dimensions=16',
  'item_index.branching=8',
  'item_index.rq_vae.epochs=3',
  'item_index.rq_vae.batch_size=64',
  'model.hidden_size=16',
  'model.intermediate_size=32',
  'model.num_hidden_layers=1',
  'model.num_decoder_layers=1',
  'model.num_attention_heads=2',
  'model.head_dim=12',
  'training.validation_users=40',
  'training.stages.0.epochs=2',
  'training.stages.0.max_steps=60',
  'evaluation.max_users=60',
  'evaluation.bootstrap_samples=0',
];
const command = (name: string, ...rest: string[]) =>
  eagerLlm([name, ...rest, '--runs-dir', runsFolder], {
    env: { AMAZON_BEAUTY: join(packageFolder, 'datasets', 'beauty-small') },
  });

let said: Awaited<ReturnType<typeof eagerLlm>>;

test.before(async (t) => {
  t.timeout(240_000);
  said = await command('run', 'recipes/liger.yaml', ...small.flatMap((each) => ['--set', each]));
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial('recipes/liger.yaml runs to its metrics under both protocols, and has learned', (t) => {
  t.is(said.exitCode, 0, String(said.stderr));
  const { methods } = readResult(fileOf('evaluation', 'metrics.json'));
  const own = methods.find(({ kind }) => kind === 'generative');
  t.true(Number(own?.metrics['recall@10'].value) > 0);
  t.true(readFileSync(fileOf('evaluation', 'metrics.json'), 'utf8').includes('"removed"'));
  t.is(readModel(fileOf('training', 'model')).title, 'LIGER');
  const metrics = readMetrics(fileOf('training', '01-generation'));
  const losses = metrics.flatMap(({ loss }) => loss ?? []);
  const mean = (some: number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
  t.true(mean(losses.slice(-5)) < mean(losses.slice(0, 5)), `${losses[0]} to ${losses.at(-1)}`);
  t.true(metrics.some((line) => 'validation/recall@10' in line));
});

test.serial('it recommends to a user of the run', async (t) => {
  const user = JSON.parse(readFileSync(fileOf('dataset', 'users.jsonl'), 'utf8').split('\n')[0]);
  const { exitCode, stdout, stderr } = await command(
    'recommend',
    'liger',
    '--user',
    user,
    '--k',
    '3',
    '--json',
  );
  t.is(exitCode, 0, String(stderr));
  t.is(JSON.parse(String(stdout)).items.length, 3);
});

test.serial('what it cannot do is said: no words, no export, no going on', async (t) => {
  const words = await command('recommend', 'liger', '--prompt', 'a shampoo for dry hair');
  t.regex(String(words.stderr), /prompts\/reads-no-texts/);
  for (const form of ['hf', 'onnx']) {
    const exported = await command('export', 'liger', '--to', form);
    t.regex(String(exported.stderr), /export\/reads-items/, form);
  }
  const items = join(folder, 'items.csv');
  writeFileSync(items, 'item_id,title\nnew,A new one\n');
  const appended = await command('catalogue', 'append', 'liger', items);
  t.regex(String(appended.stderr), /continue\/holds-items/);
});
