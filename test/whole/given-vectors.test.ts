import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { loadDataset } from '../../orchestrator/dataset/load-dataset.ts';
import { readEmbeddings, writeVectors } from '../../orchestrator/opened-run/embeddings.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { smokeRuns } from '../serving/smoke-run.ts';
import { eagerLlm, smokeRecipe } from './eager-llm.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-given-')));
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test('vectors made elsewhere give the codes that they give here, and no encoder is trained', async (t) => {
  const smoke = await smokeRuns();
  const inSmoke = (stage: Parameters<typeof stageFolderName>[0]) =>
    join(smoke, 'smoke', stageFolderName(stage));
  const ids = loadDataset(inSmoke('dataset')).items.map(({ item_id }) => `${item_id}\n`);
  const set: string[] = [];
  for (const [source, vectors] of Object.entries(readEmbeddings(inSmoke('embedding')))) {
    const path = join(folder, `${source}.safetensors`);
    writeVectors(path, vectors);
    writeFileSync(join(folder, `${source}.ids.txt`), ids.join(''));
    set.push('--set', `embedding.${source}.path=${path}`);
  }
  const without = [
    'embedding.behaviour.ensemble=1',
    'training.stages.0.distillation=0',
    'training.stages.1.distillation=0',
  ];
  const runs = join(folder, 'runs');
  const args = ['run', smokeRecipe, ...set, ...without.flatMap((one) => ['--set', one]), '--runs-dir', runs];
  const { exitCode, stderr } = await eagerLlm(args);
  t.is(exitCode, 0, String(stderr));
  const codes = (where: string) =>
    readFileSync(join(where, stageFolderName('item-index'), 'index.json'), 'utf8');
  t.is(codes(join(runs, 'smoke')), codes(join(smoke, 'smoke')));
  t.regex(String(stderr), /behaviour encoder given vectors/);
});
