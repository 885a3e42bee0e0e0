import { join } from 'node:path';
import test from 'ava';
import { input } from '../../orchestrator/engine/graph.ts';
import { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { saveAdapter } from '../../orchestrator/model/adapter.ts';
import { initialWeights } from '../../orchestrator/model/checkpoint.ts';
import { contrastLoss, projectorSpecs } from '../../orchestrator/model/contrast.ts';
import { loraModel } from '../../orchestrator/model/lora.ts';
import { fullModel } from '../../orchestrator/model/model-tensors.ts';
import { projectionNames } from '../../orchestrator/model/tensors.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';
import { createMatrix, type Matrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import {
  type Contrast,
  contrastFeeds,
  contrastShape,
  contrastSources,
  unitRows,
} from '../../orchestrator/training/contrast.ts';
import { train } from '../../orchestrator/training/train.ts';
import { tinyConfig } from '../model/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const items = 6;
const hiddenSize = 5;
const drawn = (rows: number, columns: number, seed: number): Matrix => {
  const random = createRandom(seed);
  return createMatrix(
    rows,
    columns,
    Float32Array.from({ length: rows * columns }, () => random.normal()),
  );
};
const contrast: Contrast = {
  tables: { semantic: unitRows(drawn(items, 4, 1)), behaviour: unitRows(drawn(items, 3, 2)) },
  weight: 0.1,
  temperature: 0.2,
  negatives: 5,
};
/** Two rows of three tokens: the first has two targets, the second none. */
const rows: TrainingRow[] = [
  {
    task: 'sequential-recommendation',
    input_ids: Int32Array.of(1, 2, 3),
    loss_weights: Float32Array.of(0, 1, 1),
    summaries: [
      { position: 1, item: 4 },
      { position: 2, item: 0 },
    ],
  },
  { task: 'preference', input_ids: Int32Array.of(1, 2), loss_weights: Float32Array.of(0, 1), summaries: [] },
];

test('the loss is InfoNCE against the target and the drawn items, its own target left out', async (t) => {
  const { store, hidden, feeds, run } = await compiled();
  const loss = await run();
  const negatives = [...feedRows(feeds['contrast/semantic/negatives'])].map((vector) =>
    itemOf('semantic', vector),
  );
  let expected = 0;
  for (const [position, target] of [
    [1, 4],
    [2, 0],
  ])
    for (const [name, table] of Object.entries(contrast.tables)) {
      const weights = store.valueViews[`contrast.${name}.weight`].data as Float32Array;
      const state = rowOf(hidden, position);
      const projected = Array.from({ length: table.columns }, (_, row) =>
        state.reduce((sum, value, column) => sum + value * weights[row * hiddenSize + column], 0),
      );
      const length = Math.hypot(...projected);
      const score = (item: number) =>
        rowOf(table, item).reduce((sum, value, at) => sum + (value * projected[at]) / length, 0) / 0.2;
      const others = negatives.filter((item) => item !== target);
      const whole = [target, ...others].reduce((sum, item) => sum + Math.exp(score(item)), 0);
      expected += (0.1 / 2) * (Math.log(whole) - score(target));
    }
  t.true(negatives.includes(4) || negatives.includes(0), 'the draw has a target among its items');
  t.true(Math.abs(loss - expected) < 1e-5, `${loss} against ${expected}`);
});

test('its gradients are those of finite differences', async (t) => {
  const { store, run } = await compiled();
  await run();
  const gradients = store.gradients.slice();
  for (const at of [0, 7, 19, 20, 33]) {
    const before = store.values[at];
    const step = 1e-2;
    store.values[at] = before + step;
    const above = await run();
    store.values[at] = before - step;
    const below = await run();
    store.values[at] = before;
    const numeric = (above - below) / (2 * step);
    t.true(
      Math.abs(gradients[at] - numeric) < 1e-4 + 1e-2 * Math.abs(numeric),
      `${gradients[at]} ${numeric}`,
    );
  }
});

test('rows without a target take no part', (t) => {
  const feeds = contrastFeeds([rows[1]], 3, 1, contrast, createRandom(1));
  t.deepEqual([...(feeds['contrast/weights'].data as Float32Array)], [0]);
});

for (const tuning of ['full', 'lora'] as const)
  test(`${tuning} tuning with contrast brings states near their targets, and keeps the projectors to itself`, async (t) => {
    const config = tinyConfig();
    const weights = initialWeights(config, 1);
    const lora = { lora_r: 2, lora_alpha: 4, lora_dropout: 0, lora_target_modules: projectionNames };
    const projectors = projectorSpecs(contrastSources(contrast), config.hidden_size, 3);
    const loraOptions = { ...lora, firstNewToken: 6, seed: 2 };
    const model =
      tuning === 'full'
        ? fullModel(config, weights, projectors)
        : loraModel(config, weights, loraOptions, projectors);
    const folder = temporaryFolder(t);
    const lossAfter = async (epochs: number) =>
      Number(
        (
          await train({
            model,
            source: { maxLength: 4, rowsPerEpoch: 2, epoch: () => ({ length: 2, row: (at) => rows[at] }) },
            contrast: { ...contrast, weight: 1 },
            options: {
              learning_rate: 0.01,
              lr_scheduler: 'constant',
              warmup_ratio: 0,
              weight_decay: 0,
              max_grad_norm: 1,
              adam_beta1: 0.9,
              adam_beta2: 0.98,
              epochs,
              micro_batch_size: 2,
              micro_batch_tokens: 2048,
              gradient_accumulation_steps: 1,
              dropout: 0,
              tuning: tuning === 'full' ? { kind: 'full' } : { kind: 'lora', lora },
              validate_every_epochs: 0,
              patience: 0,
              seed: 5,
            },
            folder: join(folder, String(epochs)),
            validate: async () => ({ score: 0, figures: {} }),
            report: silentReporter,
          })
        ).lastLoss,
      );
    const first = await lossAfter(1);
    const last = await lossAfter(120);
    t.true(last < 0.35 * first, `${first} to ${last}`);
    if (tuning === 'full') return;
    saveAdapter(folder, config, model.store, { ...loraOptions, base_model_name_or_path: '' });
    const names = Object.keys(readSafetensors(join(folder, 'adapter_model.safetensors')));
    t.true(names.length > 0 && names.every((name) => !name.includes('contrast')));
  });

async function compiled() {
  const hidden = drawn(6, hiddenSize, 3);
  const sources = contrastSources(contrast);
  const store = createParameterStore(projectorSpecs(sources, hiddenSize, 4));
  const loss = contrastLoss(input('hidden', ['H', hiddenSize]), store.variables, contrastShape(contrast));
  const program = await compileTraining('contrast', loss, store);
  const feeds = contrastFeeds(rows, 3, 2, contrast, createRandom(6));
  const whole = { ...feeds, hidden: { shape: [6, hiddenSize], data: hidden.data } };
  return { store, hidden, feeds, run: () => program.accumulate(whole, true) };
}

function* feedRows({ shape, data }: { shape: readonly number[]; data: ArrayLike<unknown> }) {
  for (let row = 0; row < shape[0]; row++)
    yield Array.from({ length: shape[1] }, (_, column) => Number(data[row * shape[1] + column]));
}

function itemOf(source: string, vector: number[]): number {
  const table = contrast.tables[source];
  return Array.from({ length: items }, (_, item) => item).find((item) =>
    vector.every((value, at) => value === rowOf(table, item)[at]),
  ) as number;
}
