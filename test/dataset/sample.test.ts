import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { datasetFigures } from '../../orchestrator/dataset/dataset-figures.ts';
import { prepare } from './fixtures.ts';

const sample = join(import.meta.dirname, '../../datasets/beauty-small');

test('the sample is a 5-core of real sequences with the sizes that its README gives', async (t) => {
  const { dataset, warnings } = await prepare({ format: 'sequences', path: sample, k_core: 5 });
  t.deepEqual(warnings, []);
  const figures = datasetFigures(dataset);
  t.like(figures, {
    users: 3182,
    items: 1430,
    interactions: 44_175,
    'cold test targets': 15,
    'items without text': 0,
  });
});

test('the sample takes at most 1 MB', (t) => {
  const bytes = readdirSync(sample).reduce((sum, name) => sum + statSync(join(sample, name)).size, 0);
  t.true(bytes <= 1_000_000);
});
