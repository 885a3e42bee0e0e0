import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { everyPart, loraSettings, quantizationSettings, withoutNodeSettings } from '../training/settings.ts';

export const jobFileName = 'job.json';
export const catalogueFile = 'catalogue.safetensors';
export const validationFile = 'validation.safetensors';
export const forecastsFile = 'forecasts.safetensors';
export const vectorsFile = 'vectors.safetensors';
export const newRowsFile = 'new-rows.safetensors';
export const initialFile = 'initial.safetensors';
export const modelFolder = 'model';
export const tokenizerFolder = 'tokenizer';
export const workerFolder = 'worker';

const count = z.int().nonnegative();

/** Of a recipe's settings: rows are written by name and size, an EAGER is trained in Node, the worker is told the rest. */
const { name: _name, tasks: _tasks, micro_batch_size: _size, eager: _eager, ...others } = everyPart;
const settings = withoutNodeSettings(others);

const everyJobPart = {
  ...given(settings),
  /** `01-alignment`: the part's folder in the job, and in the result. */
  folder: z.string(),
  /** Tasks whose held-out loss is measured. */
  tasks: z.array(z.string()),
  /** Micro-batches of each epoch, and the files they lie in, in their order. */
  micro_batches: count,
  shards: z.array(z.array(z.strictObject({ file: z.string(), micro_batches: count }))),
};

const adapter = given(loraSettings);

const partSchema = z.discriminatedUnion('tuning', [
  z.strictObject({ ...everyJobPart, tuning: z.literal('full') }),
  z.strictObject({ ...everyJobPart, ...adapter, tuning: z.literal('lora') }),
  z.strictObject({
    ...everyJobPart,
    ...adapter,
    tuning: z.literal('qlora'),
    ...given(quantizationSettings),
  }),
]);

export const jobSchema = z.strictObject({
  schema_version: z.literal(1),
  name: z.string(),
  /** Key of the training stage that this job does the work of; where it is null, the job was made inside that stage. */
  stage_key: z.string().nullable(),
  seed: count,
  /** Longest row in tokens. */
  max_length: count,
  model: z.strictObject({
    /** As it is trained: with rows for the added tokens. */
    config: z.looseObject({ model_type: z.string(), vocab_size: count }),
    /** Folder or hub id of the base; null: all weights are in `model/`. */
    base: z.string().nullable(),
    /** Rows of the base's embedding, and the id of the first row that `new-rows.safetensors` brings. */
    base_rows: count,
    first_added_row: count,
    /** LoRA trains the rows from this id on. */
    first_new_token: count,
  }),
  engine: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  validation: z.strictObject({ cases: count, num_beams: count }),
  stages: z.array(partSchema).min(1),
  /** Every other file of the job. */
  files: z.record(z.string(), z.strictObject({ bytes: count, sha256: z.string() })),
});

/** `job.json`, written last: its presence means that the job is whole. */
export type Job = z.infer<typeof jobSchema>;
export type JobPart = z.infer<typeof partSchema>;

export function writeJobFile(folder: string, job: Job): void {
  writeJson(join(folder, jobFileName), jobSchema.parse(job));
}

/** Throws a UserError where the file is absent, or is no job of this version. */
export function readJobFile(folder: string): Job {
  const place = join(folder, jobFileName);
  const remedy = 'Recreate the job: eager-llm job RUN FOLDER.';
  const parsed = jobSchema.safeParse(readJson(place, remedy));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError('job/broken-file', `is not a job: "${issue.path.join('.')}": ${issue.message}`, {
    place,
    remedy,
  });
}

type Given<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Inner> ? Inner : Shape[Name];
};

/** Settings without defaults: in a job everything is said. */
function given<Shape extends Record<string, z.ZodType>>(shape: Shape): Given<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [
    name,
    schema instanceof z.ZodDefault ? schema.unwrap() : schema,
  ]);
  return Object.fromEntries(entries) as Given<Shape>;
}
