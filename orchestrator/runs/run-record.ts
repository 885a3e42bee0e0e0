import { z } from 'zod';
import { hashText } from '../storage/hash.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { validated } from './validated.ts';

const runStatuses = ['running', 'finished', 'stopped', 'failed'] as const;
export type RunStatus = (typeof runStatuses)[number];

const runRecord = z.strictObject({
  schema_version: z.literal(1),
  name: z.string(),
  status: z.enum(runStatuses),
  created_at: z.string(),
  updated_at: z.string(),
  recipe_file: z.string(),
  recipe_hash: z.string(),
  /** Of the text of the run's recipe.yaml; absent in older records. */
  recipe_sha256: z.string().optional(),
  /** Of the text before, which a kill may have left: the record is written first. */
  replaced_recipe_sha256: z.string().optional(),
  /**
   * The key that each stage has by the current recipe, in order: `01-dataset`. Null where that is not known before the
   * stage begins, and for all while a changed recipe was not looked at yet; absent in older records.
   */
  stage_keys: z.record(z.string(), z.string().nullable()).nullable().optional(),
  /** The evaluated run that training took its epochs from, with its figures; null or absent where there is none. */
  vouched_by: z
    .strictObject({ run: z.string(), metrics: z.record(z.string(), z.union([z.number(), z.string()])) })
    .nullable()
    .optional(),
  seed: z.number(),
  versions: z.record(z.string(), z.string()),
  /** Of the sources that ran, where they are a git checkout. */
  commit: z.string().nullable(),
  device: z.strictObject({
    cpu: z.string(),
    cores: z.number(),
    memory_bytes: z.number(),
    platform: z.string(),
  }),
});

/** `run.json`: what ran, with which versions, where, and how it ended. */
export type RunRecord = z.infer<typeof runRecord>;
export type VouchedBy = NonNullable<RunRecord['vouched_by']>;

/** Whether a text is the recipe that a record was written for, and not changed by hand since. */
export function isRecipeOf(record: RunRecord, text: string): boolean {
  const { recipe_sha256, replaced_recipe_sha256 } = record;
  return recipe_sha256 === undefined || [recipe_sha256, replaced_recipe_sha256].includes(hashText(text));
}

const remedy = 'Delete the run folder, or run its recipe again to rewrite the file.';

export function readRunRecord(file: string): RunRecord {
  return validated(runRecord, readJson(file, remedy), file, remedy);
}

export function writeRunRecord(file: string, record: RunRecord): void {
  writeJson(file, validated(runRecord, record, file, remedy));
}
