import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { eagerLlm } from './eager-llm.ts';
import { haveFallen, recommendsToAUser, refusesWordsAndNewItems } from './item-models.ts';

// The recipe of the paper, shrunk to seconds: two streams, all its losses, and both decoders over what either finds.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-two-streams-')));
const runsFolder = join(folder, 'runs');
const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
  join(runsFolder, 'tiny', stageFolderName(stage), ...path);
const recipe = `
extends: ${join(packageRoot, 'recipes/parts/eager-long.yaml')}
name: tiny
dataset: {path: ${join(packageRoot, 'datasets/beauty-small')}, k_core: 20, history_limit: 10}
embedding:
  behaviour: {encoder: sasrec, hidden_size: 8, windows: [], epochs: 1}
  semantic: {dimensions: 16}
item_index: {branching: 13}
model: {hidden_size: 16, intermediate_size: 24, num_hidden_layers: 1, num_decoder_layers: 2, num_attention_heads: 2}
training:
  validation_users: 40
  stages:
    - name: eager
      tuning: full
      tasks: {sequential-recommendation: 0.3}
      learning_rate: 0.003
      dropout: 0.1
      micro_batch_size: 32
decoding: {num_beams: 20}
evaluation: {bootstrap_samples: 0, max_users: 60, baselines: [popularity]}
`;
const command = (name: string, ...rest: string[]) => eagerLlm([name, ...rest, '--runs-dir', runsFolder]);

let said: Awaited<ReturnType<typeof eagerLlm>>;

test.before(async (t) => {
  t.timeout(600_000);
  const file = join(folder, 'tiny.yaml');
  writeFileSync(file, recipe);
  said = await command('run', file);
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test.serial('EAGER runs to its metrics, and has learned', (t) => {
  t.is(said.exitCode, 0, String(said.stderr));
  const { methods } = readResult(fileOf('evaluation', 'metrics.json'));
  t.true(Number(methods.find(({ kind }) => kind === 'generative')?.metrics['recall@10'].value) >= 0);
  t.is(readModel(fileOf('training', 'model')).title, 'EAGER');
  const losses = readMetrics(fileOf('training', '01-eager')).flatMap(({ loss }) => loss ?? []);
  haveFallen(t, losses);
});

test.serial('it recommends to a user of the run', (t) =>
  recommendsToAUser(t, command, { run: 'tiny', usersFile: fileOf('dataset', 'users.jsonl') }),
);

test.serial('what it cannot do is said: no words, no export, no going on', async (t) => {
  await refusesWordsAndNewItems(t, command, { run: 'tiny', folder });
  const exported = await command('export', 'tiny', '--to', 'hf');
  t.regex(String(exported.stderr), /export\/streams/);
});
