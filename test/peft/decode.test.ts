import test from 'ava';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { lively } from '../models/tiny-model.ts';
import { prepareRun } from './prepared-run.ts';
import { compareLists } from './same-lists.ts';

const prepared = prepareRun(test);

for (const numBeams of [3, 20])
  test.serial(`PyTorch recommends the lists of the Node engine, with ${numBeams} beams`, async (t) => {
    await compareLists(t, prepared(), numBeams, (definition) => lively(initialWeights(definition, 5)));
  });
