import test from 'ava';
import { nextSteps } from '../../orchestrator/cli/next-steps.ts';
import { saveDataset } from '../../orchestrator/dataset/save-dataset.ts';
import { datasetOf, items } from '../serving/tiny-shop.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a setting that is tried behind a run is looked at on validation, so that choosing opens no test', (t) => {
  const folder = temporaryFolder(t);
  saveDataset(datasetOf(items(3), [[0, 1, 2]]), folder);
  for (const hasModel of [true, false]) {
    const [evaluate, ...others] = nextSteps('mine', 'runs', folder, { hasModel })
      .split('\n')
      .filter((line) => line.includes('evaluate'));
    t.regex(
      evaluate,
      /^ {2}npx eager-llm evaluate mine --set decoding\.\S+ --set evaluation\.split=validation$/,
    );
    t.deepEqual(others, []);
  }
});
