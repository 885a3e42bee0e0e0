import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { saveBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/behaviour-files.ts';
import { ensembleOf, loadBehaviourEnsemble } from '../../../orchestrator/embedding/behaviour/ensemble.ts';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

const histories = [Int32Array.of(3, 4), Int32Array.of(7)];

test('encoders of different seeds score together as the mean of their scores', async (t) => {
  const folder = temporaryFolder(t);
  const dataset = datasetOf(circle(), 12);
  const alone: Float32Array[] = [];
  const folders = ['a', 'b', 'c'].map((name) => join(folder, name));
  for (const [at, place] of folders.entries()) {
    const encoder = await trainBehaviourEncoder(
      { ...tiny, epochs: 1, seed: at + 1 },
      dataset,
      silentReporter,
    );
    saveBehaviourEncoder(place, encoder);
    alone.push(await encoder.score(histories));
    await encoder.dispose();
  }
  const ensemble = await loadBehaviourEnsemble(folders);
  const together = await ensemble.score(histories);
  await ensemble.dispose();
  t.is(together.length, 2 * 12);
  for (const [at, score] of together.entries()) {
    const mean = (alone[0][at] + alone[1][at] + alone[2][at]) / 3;
    t.true(Math.abs(score - mean) < 1e-5, `score ${at}: ${score} against ${mean}`);
  }
  t.notDeepEqual(alone[0], alone[1], 'the encoders differ');
});

test('one encoder alone scores as ever', async (t) => {
  const scores = Float32Array.of(1, -2, 0.25);
  const ensemble = ensembleOf([{ score: async () => scores.slice(), dispose: async () => {} }]);
  t.deepEqual(await ensemble.score(histories), scores);
});

test('an absent encoder is a clear error that names its file', async (t) => {
  const folder = temporaryFolder(t);
  const error = await t.throwsAsync(loadBehaviourEnsemble([folder]), { instanceOf: UserError });
  t.true((error as UserError).place?.startsWith(folder));
  t.false(existsSync(join(folder, 'behaviour.json')));
});
