import { join } from 'node:path';
import test from 'ava';
import { initialWeights, openCheckpoint } from '../../orchestrator/models/checkpoint.ts';
import { loadAdapter } from '../../orchestrator/models/load-adapter.ts';
import { readModel } from '../../orchestrator/models/registry.ts';
import { prepareRun } from './prepared-run.ts';
import { compareGradients } from './same-gradients.ts';
import { compareLists } from './same-lists.ts';
import { trainWithBoth } from './same-metrics.ts';
import { gap, logitsOf, type Texts, transformersLogits } from './t5-logits.ts';

const prepared = prepareRun(
  test,
  `
model: {family: t5}
prompts: {layout: prefix, augment: none}
training:
  validation_users: 60
  stages:
    - name: contrast
      tuning: full
      tasks: {sequential-recommendation: 0.05, item-to-index: 1, item-search: 0.05}
      epochs: 2
      learning_rate: 0.0005
      lr_scheduler: linear
      micro_batch_size: 8
      micro_batch_tokens: 256
      gradient_accumulation_steps: 2
      contrastive_weight: 0.1
      loss_temperature: 0.7
      contrastive_negatives: 50
      validate_every_epochs: 2
    - name: adapter
      tuning: lora
      tasks: {sequential-recommendation: 0.06}
      lora_r: 4
      lora_alpha: 16
      lora_dropout: 0
      lora_target_modules: [q, k, v, o, wi, wo]
      epochs: 3
      learning_rate: 0.002
      lr_scheduler: constant
      micro_batch_size: 16
      validate_every_epochs: 2
`,
);
const parts = ['01-contrast', '02-adapter'];

test.serial('both engines train a T5 with the same losses and the same validations', async (t) => {
  // Its scores are not scaled, so that rounding grows faster in the norms of its gradients.
  await trainWithBoth(t, prepared(), parts, 0.05);
});

test.serial('both engines have the same gradients at the first update', async (t) => {
  await compareGradients(t, prepared());
});

test.serial('PyTorch recommends the lists of the Node engine', async (t) => {
  await compareLists(t, prepared(), [20], (definition) => initialWeights(definition, 5));
});

test.serial('an adapter of either engine gives the same logits in PEFT and in the Node engine', async (t) => {
  const trained = ['node', 'peft'].map((engine) => {
    const training = prepared().training(engine);
    const base = join(training, parts[0], 'model');
    const definition = readModel(base);
    const adapter = join(training, parts[1], 'adapter');
    const checkpoint = openCheckpoint(base);
    const { model, options } = loadAdapter(adapter, definition, checkpoint);
    const texts: Texts = { source: [1, 5, 200, 300, 40, 530, 7], target: [560, 530, options.firstNewToken] };
    const out = join(prepared().folder, `${engine}-logits`);
    return {
      engine,
      checkpoint,
      model,
      from: options.firstNewToken,
      asked: { model: base, adapter, out, ...texts },
    };
  });
  const theirs = await transformersLogits(trained.map(({ asked }) => asked));
  for (const [at, { engine, checkpoint, model, from, asked }] of trained.entries()) {
    const width = model.definition.config.vocab_size;
    // Of an adapter's rows alone: the others' logits have no use in decoding.
    const ids = Array.from({ length: width - from }, (_, each) => from + each);
    const own = await logitsOf(model, asked, ids);
    checkpoint.close();
    const place = (row: number, column: number) => row * width + from + column;
    t.true(gap(own, theirs[at], place, ids.length) < 1e-4, engine);
  }
});
