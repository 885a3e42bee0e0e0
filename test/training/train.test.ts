import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import type { SequenceModel } from '../../orchestrator/models/model.ts';
import { fullModel, type TensorOptions } from '../../orchestrator/models/model-tensors.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { passesOf } from '../../orchestrator/training/batches.ts';
import { heldOutLosses } from '../../orchestrator/training/held-out-losses.ts';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import type { RowSource, TrainingOptions } from '../../orchestrator/training/options.ts';
import { laterPartSettings, trainingSettings } from '../../orchestrator/training/settings.ts';
import { crc32c } from '../../orchestrator/training/tensorboard.ts';
import { train } from '../../orchestrator/training/train.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wholeRow } from './whole-row.ts';

const lora = { lora_r: 2, lora_alpha: 4, lora_dropout: 0.1, lora_target_modules: projectionNames };

test('a small model learns sequences by heart', async (t) => {
  const { outcome, folder } = await trainIn(temporaryFolder(t), { epochs: 40, dropout: 0 });
  const losses = readMetrics(folder).flatMap(({ loss }) => (loss === undefined ? [] : [loss]));
  t.true(losses[0] > 2, `${losses[0]}`);
  t.true(Number(outcome.lastLoss) < 0.2, `${outcome.lastLoss}`);
});

test('training that was killed after its last update still tells its loss', async (t) => {
  const folder = temporaryFolder(t);
  const { outcome } = await trainIn(folder, { epochs: 1 });
  const again = await trainIn(folder, { epochs: 1 });
  t.is(again.outcome.steps, outcome.steps);
  t.is(again.outcome.lastLoss, outcome.lastLoss);
});

for (const tuning of ['full', 'lora'] as const) {
  test(`${tuning} training that is interrupted anywhere ends with the same weights and the same metrics`, async (t) => {
    const change: Partial<TrainingOptions> = tuning === 'lora' ? { tuning: { kind: 'lora', lora } } : {};
    const whole = await trainIn(temporaryFolder(t), change);
    const folder = temporaryFolder(t);
    let interruptions = 0;
    for (const stopAt of [2, 5, 6, 11]) {
      await trainIn(folder, change, stopAt).catch((error: Error) => {
        t.is(error.name, 'AbortError');
        interruptions++;
      });
    }
    t.true(interruptions >= 3);
    const resumed = await trainIn(folder, change);
    t.deepEqual(resumed.model.store.values, whole.model.store.values);
    t.deepEqual(readMetrics(folder), readMetrics(whole.folder));
  });
}

test('a micro-batch that goes through in pieces has the loss and the gradient of a whole one', async (t) => {
  const options = { dropout: 0, micro_batch_size: 16, epochs: 1 };
  const whole = await trainIn(temporaryFolder(t), options);
  const pieces = await trainIn(temporaryFolder(t), { ...options, micro_batch_tokens: 12 });
  t.is(pieces.outcome.steps, whole.outcome.steps);
  const [one] = readMetrics(whole.folder);
  const [sum] = readMetrics(pieces.folder);
  t.true(Math.abs(one.loss - sum.loss) < 1e-5);
  t.true(Math.abs(one.gradient_norm - sum.gradient_norm) < 1e-4);
});

test('passes hold at most so many tokens, padding included, and a longer row goes alone', (t) => {
  const row = (tokens: number) => wholeRow(new Int32Array(tokens + 1), new Array(tokens + 1).fill(0));
  const rows = [2, 3, 3, 5, 9, 20, 4].map(row);
  const passes = passesOf(rows, llama(tinyConfig()), 10);
  t.deepEqual(passes.flat(), rows);
  t.deepEqual(
    passes.map((pass) => pass.map(({ target }) => target.length - 1)),
    [[2, 3, 3], [5], [9], [20], [4]],
  );
});

test('accumulated micro-batches have the loss and the gradient of one large batch', async (t) => {
  const large = await trainIn(temporaryFolder(t), { dropout: 0, micro_batch_size: 16, epochs: 1 });
  const small = await trainIn(temporaryFolder(t), {
    dropout: 0,
    micro_batch_size: 4,
    gradient_accumulation_steps: 4,
    epochs: 1,
  });
  const [one] = readMetrics(large.folder);
  const [sum] = readMetrics(small.folder);
  t.true(Math.abs(one.loss - sum.loss) < 1e-5);
  t.true(Math.abs(one.gradient_norm - sum.gradient_norm) < 1e-4);
});

test('the loss on held-out rows is that of training without dropout', async (t) => {
  const source = rowsWithLossWeight(1);
  const { row } = source.epoch(0);
  const held = [4, 1, 3, 2].map(row);
  const model = fullModel(llama(tinyConfig()), initialWeights(llama(tinyConfig()), 1));
  const options = { objectives: [nextToken()], maxTokens: 12 };
  const losses = await heldOutLosses(
    model,
    [
      ['some', held],
      ['none', []],
    ],
    options,
  );
  t.deepEqual([...losses.keys()], ['some']);
  const whole = { ...source, rowsPerEpoch: 4, epoch: () => ({ length: 4, row: (at: number) => held[at] }) };
  const { folder } = await trainIn(
    temporaryFolder(t),
    { epochs: 1, dropout: 0 },
    undefined,
    undefined,
    whole,
  );
  const [{ loss }] = readMetrics(folder);
  t.true(Math.abs(Number(losses.get('some')) - loss) < 1e-5, `${losses.get('some')} against ${loss}`);
});

test('max_steps ends the training there, the learning rate has decayed by then, and the last epoch may be cut', async (t) => {
  const folder = temporaryFolder(t);
  const max_steps = 2 * stepsPerEpoch - 1;
  const { outcome } = await trainIn(folder, { epochs: 9, max_steps });
  t.is(outcome.steps, max_steps);
  const rates = readMetrics(folder).flatMap(({ learning_rate }) =>
    learning_rate === undefined ? [] : [learning_rate],
  );
  t.is(rates.length, max_steps);
  t.true(rates[rates.length - 1] < 0.1 * Math.max(...rates));
  const interrupted = temporaryFolder(t);
  for (let stop = 1; stop < max_steps; stop += 2)
    await trainIn(interrupted, { epochs: 9, max_steps }, stop).catch(() => null);
  const resumed = await trainIn(interrupted, { epochs: 9, max_steps });
  t.deepEqual(resumed.outcome.lastLoss, outcome.lastLoss);
});

test('the weights of the best validation are kept, and training stops when patience is spent', async (t) => {
  const scores = [0.1, 0.5, 0.3, 0.2, 0.4, 0.6];
  const { outcome, model } = await trainIn(temporaryFolder(t), { epochs: 6, patience: 2 }, undefined, scores);
  const best = await trainIn(temporaryFolder(t), { epochs: 6, patience: 2 }, 2 * stepsPerEpoch, scores).catch(
    () => null,
  );
  t.is(best, null);
  t.is(outcome.bestEpoch, 2);
  t.is(outcome.steps, 4 * stepsPerEpoch);
  t.true(Number.isFinite(model.store.values[0]));
});

test('gradient checkpointing changes not one bit of a training', async (t) => {
  const train = (change: Partial<TrainingOptions> & TensorOptions) =>
    trainIn(temporaryFolder(t), { epochs: 2, ...change }).then(({ model }) => model.store.values);
  for (const tuning of [{ kind: 'full' as const }, { kind: 'lora' as const, lora }])
    t.deepEqual(await train({ tuning, gradient_checkpointing: true }), await train({ tuning }));
});

test('settings that came later stand at the defaults of recipes, so that no key changes in silence', (t) => {
  const { stages } = trainingSettings.parse({ stages: [{ name: 'one', tuning: 'full', tasks: {} }] });
  t.like(stages[0], laterPartSettings);
});

test('training that diverges says what to change', async (t) => {
  const endless = rowsWithLossWeight(Number.POSITIVE_INFINITY);
  const error = await t.throwsAsync(
    trainIn(temporaryFolder(t), { epochs: 9 }, undefined, undefined, endless),
    {
      instanceOf: UserError,
    },
  );
  t.regex(error.remedy ?? '', /learning_rate/);
});

test('a broken state file is named, with what to do', async (t) => {
  const folder = temporaryFolder(t);
  await trainIn(folder, { epochs: 1 });
  const path = join(folder, 'state.safetensors');
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  const error = await t.throwsAsync(trainIn(folder, { epochs: 1 }), { instanceOf: UserError });
  t.is(error.place, path);
});

test('event files carry the checksums that TensorBoard asks for', (t) => {
  t.is(crc32c(Buffer.from('123456789')), 0xe3069283);
});

const rowCount = 16;
const stepsPerEpoch = 4;

/** Rows that count upwards from a start: the next token follows from the one before. */
const rowsWithLossWeight = (weight: number): RowSource => ({
  maxLength: 8,
  rowsPerEpoch: rowCount,
  epoch: (epoch) => ({
    length: rowCount,
    row: (at) => {
      const length = 4 + ((at + epoch) % 4);
      const tokens = Array.from({ length }, (_, place) => (at + place) % 11);
      return wholeRow(tokens, new Array(length).fill(weight));
    },
  }),
});

async function trainIn(
  folder: string,
  change: Partial<TrainingOptions> & TensorOptions,
  stopAt?: number,
  /** Null where nothing is held out. */
  scores?: number[] | null,
  source = rowsWithLossWeight(1),
) {
  const options: TrainingOptions & TensorOptions = {
    learning_rate: 0.01,
    lr_scheduler: 'cosine',
    warmup_ratio: 0.1,
    weight_decay: 0.01,
    max_grad_norm: 1,
    adam_beta1: 0.9,
    adam_beta2: 0.98,
    epochs: 3,
    max_steps: 0,
    micro_batch_size: 4,
    micro_batch_tokens: 2048,
    gradient_accumulation_steps: 1,
    dropout: 0.1,
    tuning: { kind: 'full' },
    validate_every_epochs: 1,
    patience: 0,
    seed: 5,
    ...change,
  };
  const config = tinyConfig();
  const weights = initialWeights(llama(config), 1);
  const model: SequenceModel =
    options.tuning.kind === 'full'
      ? fullModel(llama(config), weights, [], options)
      : loraModel(llama(config), weights, { ...lora, ...options, firstNewToken: 6, seed: 2 });
  const stop = new AbortController();
  let validations = 0;
  const outcome = await train({
    model,
    source,
    objectives: [nextToken()],
    options,
    folder,
    validate:
      scores === null
        ? null
        : async () => {
            const score = scores?.[validations++] ?? 0;
            return { score, figures: { 'validation/score': score } };
          },
    report: (message) => {
      if (message.type === 'progress' && message.done === stopAt) stop.abort();
    },
    signal: stop.signal,
  });
  return { outcome, model, folder };
}

test('where nothing is held out, the weights of the last epoch are the result', async (t) => {
  const options = { tuning: { kind: 'lora', lora } } as const;
  const unsure = await trainIn(temporaryFolder(t), options, undefined, null);
  t.is(unsure.outcome.best, null);
  // The same training, whose last epoch is best.
  const sure = await trainIn(temporaryFolder(t), options, undefined, [0, 1, 2, 3]);
  t.is(sure.outcome.bestEpoch, 3);
  t.deepEqual(unsure.model.store.values, sure.model.store.values);
});
