import { join } from 'node:path';
import test from 'ava';
import { initialWeights, openCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { loadAdapter } from '../../orchestrator/models/load-adapter.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { partFolder } from '../../orchestrator/training/part-folder.ts';
import { engineLogits } from '../models/engine-logits.ts';
import { lively } from '../models/tiny-model.ts';
import { prepareRun, python } from './prepared-run.ts';
import { compareGradients } from './same-gradients.ts';
import { compareLists } from './same-lists.ts';
import { trainWithBoth } from './same-metrics.ts';

const prepared = prepareRun(test);
const parts = ['01-plain', '02-contrast', '03-adapter'];

test.serial('both engines have the same losses, update by update, and the same validations', async (t) => {
  await trainWithBoth(t, prepared(), parts);
});

test.serial('both engines have the same gradients at the first update', async (t) => {
  await compareGradients(t, prepared());
});

test.serial('PyTorch recommends the lists of the Node engine, with few beams and with many', async (t) => {
  await compareLists(t, prepared(), [3, 20], (definition) => lively(initialWeights(definition, 5)));
});

test.serial('an adapter of either engine gives the same logits in PEFT and in the Node engine', async (t) => {
  const tokens = [1, 5, 200, 300, 40, 530, 7, 560];
  const trained = ['node', 'peft'].map((engine) => {
    const training = prepared().training(engine);
    const [base, adapter] = [join(training, '02-contrast/model'), join(training, '03-adapter/adapter')];
    return { engine, base, adapter, out: join(prepared().folder, `${engine}-logits.safetensors`) };
  });
  await python(
    join(import.meta.dirname, '../../trainers/peft/tests/adapter_logits.py'),
    JSON.stringify(trained),
    ...tokens.map(String),
  );
  for (const { engine, base, adapter, out } of trained) {
    const checkpoint = openCheckpoint(base);
    const { model } = loadAdapter(adapter, readModel(base), checkpoint);
    const own = await engineLogits(model, tokens);
    checkpoint.close();
    const theirs = values(readSafetensors(out).logits.data);
    const farthest = Math.max(...values(own.flat()).map((value, at) => Math.abs(value - theirs[at])));
    t.true(farthest < 1e-4, `${engine}: ${farthest}`);
  }
});

test('the folder of a part is named by its place', (t) => {
  const { stages } = prepared().resolve().training;
  t.deepEqual(
    stages.map((stage, at) => partFolder(at, stage)),
    parts,
  );
});

function values(data: ArrayLike<number | bigint>): number[] {
  return Array.from(data, Number);
}
