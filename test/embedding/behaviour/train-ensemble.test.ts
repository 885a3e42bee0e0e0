import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readBehaviourEmbedding } from '../../../orchestrator/embedding/behaviour/behaviour-files.ts';
import { trainBehaviourEnsemble } from '../../../orchestrator/embedding/behaviour/train-ensemble.ts';
import { createMatrix } from '../../../orchestrator/shared/matrix.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

test('members are trained from seeds of their own; those that are there already are left as they are', async (t) => {
  const folder = temporaryFolder(t);
  const folders = ['a', 'b'].map((name) => join(folder, name));
  const given = { seed: 1, semantic: createMatrix(12, 4), folders, statesFolder: join(folder, 'states') };
  const settings = { ...tiny, epochs: 1, ensemble: 2 };
  const dataset = datasetOf(circle(), 12);
  const figures = await trainBehaviourEnsemble(settings, dataset, given, silentReporter);
  t.is(figures['behaviour encoder'], 'sasrec x2');
  t.is(figures.epoch, 1);
  t.notDeepEqual(readBehaviourEmbedding(folders[0]), readBehaviourEmbedding(folders[1]));
  t.false(existsSync(given.statesFolder));
  const written = () => folders.map((own) => statSync(join(own, 'behaviour.safetensors')).mtimeMs);
  const before = written();
  t.deepEqual(await trainBehaviourEnsemble(settings, dataset, given, silentReporter), figures);
  t.deepEqual(written(), before);
});
