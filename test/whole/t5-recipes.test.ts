import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readResult } from '../../orchestrator/evaluation/result.ts';
import { readItemIndex } from '../../orchestrator/item-index/index-file.ts';
import { stageFolderName } from '../../orchestrator/runs/stage-names.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { readVocabularyFile } from '../../orchestrator/vocabulary/vocabulary-file.ts';
import { eagerLlm, packageFolder } from './eager-llm.ts';
import { smallT5 } from './small-t5.ts';

// The recipes of the T5 systems as they are, made small: from the raw sample to their metrics.
const runsFolder = realpathSync(mkdtempSync(join(tmpdir(), 'eager-t5-recipes-')));
test.after.always(() => rmSync(runsFolder, { recursive: true, force: true }));

const small = [
  ...smallT5,
  'embedding.behaviour.epochs=1',
  'training.stages.0.epochs=1',
  'training.stages.0.max_steps=8',
];
const systems = {
  tiger: { own: ['vocabulary.user_tokens=20', 'prompts.augment=subsequences'], levels: 4, users: 20 },
  letter: { own: ['item_index.rq_vae.hidden=[32, 24]'], levels: 4, users: 0 },
};

for (const [name, { own, levels, users }] of Object.entries(systems))
  test.serial(`recipes/${name}.yaml runs to its metrics`, async (t) => {
    t.timeout(240_000);
    const sets = [...small, ...own].flatMap((each) => ['--set', each]);
    const { exitCode, stderr } = await eagerLlm(
      ['run', `recipes/${name}.yaml`, '--runs-dir', runsFolder, ...sets],
      {
        env: { AMAZON_BEAUTY: join(packageFolder, 'datasets', 'beauty-small') },
      },
    );
    t.is(exitCode, 0, String(stderr));
    const fileOf = (stage: Parameters<typeof stageFolderName>[0], ...path: string[]) =>
      join(runsFolder, name, stageFolderName(stage), ...path);
    const { methods } = readResult(fileOf('evaluation', 'metrics.json'));
    const generated = methods.find(({ kind }) => kind === 'generative');
    t.true(Number(generated?.metrics['recall@10'].value) >= 0);
    t.true(readItemIndex(fileOf('item-index', 'index.json'), 159).levels >= levels);
    t.is(readVocabularyFile(fileOf('vocabulary')).control_tokens.length, users);
    const losses = readMetrics(fileOf('training', '01-generation')).flatMap(({ loss }) => loss ?? []);
    t.is(losses.length, 8);
    t.true(losses.every(Number.isFinite));
  });
