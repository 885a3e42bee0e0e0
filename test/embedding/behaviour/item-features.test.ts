import test from 'ava';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import { rankCases, validationCases } from '../../../orchestrator/embedding/behaviour/validate.ts';
import { createMatrix, type Matrix, rowOf } from '../../../orchestrator/shared/matrix.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

const sold = 12;
/** Nobody has bought it; its features are those of item 3. */
const never = 12;

/** A feature of its own for each item that is sold. */
function features(): Matrix {
  const matrix = createMatrix(sold + 1, sold);
  for (let item = 0; item < sold; item++) rowOf(matrix, item)[item] = 1;
  rowOf(matrix, never)[3] = 1;
  return matrix;
}

for (const encoder of ['sasrec', 'din'] as const) {
  const options = {
    ...tiny,
    encoder,
    epochs: 6,
    negatives: 6,
    semantic_features: true,
    semantic: features(),
  };

  test(`${encoder} with features: an item that nobody has bought lies beside the one that is like it`, async (t) => {
    const trained = await trainBehaviourEncoder(options, datasetOf(circle(), sold + 1), silentReporter);
    const own = rowOf(trained.embedding, never);
    const likeness = (item: number) => cosine(own, rowOf(trained.embedding, item));
    const nearest = Array.from({ length: sold }, (_, item) => item).sort((a, b) => likeness(b) - likeness(a));
    t.is(nearest[0], 3);
    await trained.dispose();
  });

  test(`${encoder} with features ranks after training as it did in training, when they were apart`, async (t) => {
    const dataset = datasetOf(circle(), sold + 1);
    const trained = await trainBehaviourEncoder(options, dataset, silentReporter);
    const cases = validationCases(dataset, 2000, options.seed);
    const { epoch: _epoch, ...inTraining } = trained.validation ?? { epoch: 0 };
    t.deepEqual(await rankCases(trained.score, cases, sold + 1), inTraining);
    t.false('feature_projection' in trained.weights);
    await trained.dispose();
  });
}

test('a training that is gone on with wants the features that it began with', async (t) => {
  const checkpointFolder = temporaryFolder(t);
  const dataset = datasetOf(circle(), sold + 1);
  const options = { ...tiny, semantic_features: true, checkpointFolder };
  await (
    await trainBehaviourEncoder({ ...options, semantic: features() }, dataset, silentReporter)
  ).dispose();
  const others = features();
  others.data.reverse();
  const notes: string[] = [];
  const encoder = await trainBehaviourEncoder({ ...options, semantic: others }, dataset, (message) => {
    if (message.type === 'note') notes.push(message.text);
  });
  t.regex(notes.join(), /other settings/);
  await encoder.dispose();
});

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
