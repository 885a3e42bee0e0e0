import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { checkResult } from '../../orchestrator/peft-job/check-result.ts';
import { type Job, readJobFile, writeJobFile } from '../../orchestrator/peft-job/job-file.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { hashFile } from '../../orchestrator/storage/hash.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { flipBit } from '../runs/flip-bit.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a whole result is read with its job', async (t) => {
  const { job, result } = await checkResult(await wholeResult(t));
  t.is(job.stages[0].folder, '01-alignment');
  t.deepEqual(result.figures, { loss: 1 });
});

const broken: Record<string, [(folder: string) => void, code: string, says: RegExp]> = {
  'training that did not end': [
    (folder) => rmSync(join(folder, 'result.json')),
    'file/unreadable',
    /the file is missing/,
  ],
  'half a result.json': [
    (folder) => writeFileSync(join(folder, 'result.json'), '{"schema_version": 1'),
    'file/not-json',
    /not valid JSON/,
  ],
  'a result.json of something else': [
    (folder) => writeFileSync(join(folder, 'result.json'), '{"schema_version": 1}'),
    'job/broken-result',
    /"job_sha256"/,
  ],
  'the job.json of another job': [
    (folder) => writeJobFile(folder, { ...tinyJob(), seed: 2 }),
    'job/another-job',
    /does not belong to the job.json/,
  ],
  'a model that was not copied': [
    (folder) => rmSync(join(folder, '01-alignment/model/model.safetensors')),
    'job/broken-result',
    /01-alignment\/model\/model\.safetensors/,
  ],
  'an adapter that is empty': [
    (folder) => writeFileSync(join(folder, '02-annealing/adapter/adapter_model.safetensors'), ''),
    'job/broken-result',
    /02-annealing\/adapter\/adapter_model\.safetensors/,
  ],
  'weights with one flipped bit': [
    (folder) => flipBit(join(folder, '01-alignment/model/model.safetensors')),
    'job/damaged-result',
    /01-alignment\/model\/model\.safetensors$/,
  ],
};

for (const [name, [breaks, code, says]] of Object.entries(broken))
  test(`${name} is refused, with what to do`, async (t) => {
    const folder = await wholeResult(t);
    breaks(folder);
    const error = await t.throwsAsync(checkResult(folder), { instanceOf: UserError });
    t.is(error.code, code);
    t.regex(error.message, says);
    t.truthy(error.remedy);
    t.truthy(error.place);
  });

test('a job of another version is named', (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'job.json'), JSON.stringify({ ...tinyJob(), schema_version: 2 }));
  t.throws(() => readJobFile(folder), { message: /is not a job: "schema_version"/ });
});

async function wholeResult(t: { teardown(clean: () => void): void }): Promise<string> {
  const folder = temporaryFolder(t);
  writeJobFile(folder, tinyJob());
  for (const part of ['01-alignment', '02-annealing']) {
    for (const inner of ['model', 'adapter']) mkdirSync(join(folder, part, inner), { recursive: true });
    for (const file of ['outcome.json', 'metrics.jsonl', 'model/config.json', 'model/model.safetensors'])
      writeFileSync(join(folder, part, file), 'something');
  }
  for (const file of ['adapter_config.json', 'adapter_model.safetensors'])
    writeFileSync(join(folder, '02-annealing/adapter', file), 'something');
  const result = {
    schema_version: 1,
    job_sha256: await hashFile(join(folder, 'job.json')),
    files: {
      '01-alignment/model/model.safetensors': await hashFile(
        join(folder, '01-alignment/model/model.safetensors'),
      ),
    },
    figures: { loss: 1 },
    peak_memory_bytes: 1,
    environment: {},
  };
  writeFileSync(join(folder, 'result.json'), JSON.stringify(result));
  return folder;
}

function tinyJob(): Job {
  const stage = {
    learning_rate: 0.1,
    lr_scheduler: 'cosine' as const,
    warmup_ratio: 0,
    weight_decay: 0,
    adam_beta1: 0.9,
    adam_beta2: 0.98,
    max_grad_norm: 1,
    epochs: 1,
    max_steps: 0,
    loss_temperature: 1,
    micro_batch_tokens: 16,
    gradient_accumulation_steps: 1,
    dropout: 0,
    digit_softmax: 'vocabulary' as const,
    label_smoothing: 0,
    distillation: 0,
    contrastive_weight: 0,
    contrastive_sources: ['semantic' as const],
    contrastive_temperature: 0.1,
    contrastive_negatives: 1,
    validate_every_epochs: 1,
    patience: 0,
    tasks: ['sequential-recommendation'],
    micro_batches: 1,
    shards: [[{ file: 'rows.safetensors', micro_batches: 1 }]],
  };
  const adapter = { lora_r: 2, lora_alpha: 4, lora_dropout: 0, lora_target_modules: ['q_proj' as const] };
  return {
    schema_version: 1,
    name: 'tiny',
    stage_key: 'abc',
    seed: 1,
    max_length: 16,
    model: { config: tinyConfig(), base: null, base_rows: 11, first_added_row: 6, first_new_token: 6 },
    engine: { device: 'cpu' },
    validation: { cases: 1, num_beams: 2 },
    stages: [
      { ...stage, folder: '01-alignment', tuning: 'full' },
      { ...stage, ...adapter, folder: '02-annealing', tuning: 'lora' },
    ],
    files: {},
  };
}
