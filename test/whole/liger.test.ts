import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { eagerLlm, packageFolder } from './eager-llm.ts';
import { haveFallen, recommendsToAUser, refusesWordsAndNewItems } from './item-models.ts';
import { smallT5 } from './small-t5.ts';

// recipes/liger.yaml as it is, made small: from the raw sample to its metrics.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-liger-')));
const runsFolder = join(folder, 'runs');
const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
  join(runsFolder, 'liger', stageFolderName(stage), ...path);
const small = [...smallT5, 'training.stages.0.epochs=2', 'training.stages.0.max_steps=60'];
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
  haveFallen(t, losses);
  t.true(metrics.some((line) => 'validation/recall@10' in line));
});

test.serial('it recommends to a user of the run', (t) =>
  recommendsToAUser(t, command, { run: 'liger', usersFile: fileOf('dataset', 'users.jsonl') }),
);

test.serial('what it cannot do is said: no words, no export, no going on', async (t) => {
  await refusesWordsAndNewItems(t, command, { run: 'liger', folder });
  for (const form of ['hf', 'onnx']) {
    const exported = await command('export', 'liger', '--to', form);
    t.regex(String(exported.stderr), /export\/reads-items/, form);
  }
});
