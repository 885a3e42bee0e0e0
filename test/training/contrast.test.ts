import { join } from 'node:path';
import test from 'ava';
import { input } from '../../orchestrator/engine/graph.ts';
import { createParameterStore } from '../../orchestrator/engine/optimisers/parameters.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { saveAdapter } from '../../orchestrator/models/adapter.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { frozenModel, fullModel } from '../../orchestrator/models/model-tensors.ts';
import type { TrainingRow } from '../../orchestrator/prompts/types.ts';
import { createMatrix, type Matrix, rowOf } from '../../orchestrator/shared/matrix.ts';
import { createRandom, type Random } from '../../orchestrator/shared/random.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { readSafetensors } from '../../orchestrator/storage/safetensors.ts';
import {
  type Contrast,
  contrastObjective,
  projectorSpecs,
  unitRows,
} from '../../orchestrator/training/objectives/contrast.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { train } from '../../orchestrator/training/train.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wholeRow } from './whole-row.ts';

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
  wholeRow(
    [1, 2, 3],
    [0, 1, 1],
    [
      { position: 1, item: 4 },
      { position: 2, item: 0 },
    ],
  ),
  wholeRow([1, 2], [0, 1], [], 'preference'),
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
  const feeds = feedsOf([rows[1]], 1, createRandom(1));
  t.deepEqual([...(feeds['contrast/weights'].data as Float32Array)], [0]);
});

for (const tuning of ['full', 'lora'] as const)
  test(`${tuning} tuning with contrast brings states near their targets, and keeps the projectors to itself`, async (t) => {
    const config = tinyConfig();
    const weights = initialWeights(llama(config), 1);
    const lora = { lora_r: 2, lora_alpha: 4, lora_dropout: 0, lora_target_modules: projectionNames };
    const objective = contrastObjective({ ...contrast, weight: 1 }, config.hidden_size, 3);
    const projectors = objective.parameters;
    const loraOptions = { ...lora, firstNewToken: 6, seed: 2 };
    const model =
      tuning === 'full'
        ? fullModel(llama(config), weights, projectors)
        : loraModel(llama(config), weights, loraOptions, projectors);
    const folder = temporaryFolder(t);
    const lossAfter = async (epochs: number) =>
      Number(
        (
          await train({
            model,
            source: { maxLength: 4, rowsPerEpoch: 2, epoch: () => ({ length: 2, row: (at) => rows[at] }) },
            objectives: [nextToken(), objective],
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
              max_steps: 0,
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
    saveAdapter(folder, llama(config), model.store, { ...loraOptions, base_model_name_or_path: '' });
    const names = Object.keys(readSafetensors(join(folder, 'adapter_model.safetensors')));
    t.true(names.length > 0 && names.every((name) => !name.includes('contrast')));
  });

const definition = llama(tinyConfig());

/** Feeds of the loss alone; `total` summaries share its weight. */
function feedsOf(some: readonly TrainingRow[], total: number, random: Random) {
  const batch = definition.batch(some, true);
  return contrastObjective(contrast, hiddenSize, 4).feeds(batch, some, total, random);
}

async function compiled() {
  const hidden = drawn(6, hiddenSize, 3);
  const store = createParameterStore(projectorSpecs(contrast.tables, hiddenSize, 4));
  const model = { ...frozenModel(definition, initialWeights(definition, 1)), store };
  const [loss] = contrastObjective(contrast, hiddenSize, 4).losses(model, input('hidden', ['H', hiddenSize]));
  const program = await compileTraining('contrast', loss, store);
  const feeds = feedsOf(rows, 2, createRandom(6));
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
