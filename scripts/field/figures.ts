import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../../orchestrator/storage/atomic-file.ts';

const figure = z.strictObject({
  mean: z.number(),
  deviation: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const difference = z.strictObject({ value: z.number(), low: z.number(), high: z.number(), p: z.number() });
const bySeen = <T extends z.ZodType>(each: T) =>
  z.strictObject({ kept: each.nullable(), removed: each.nullable() });

const row = z.strictObject({
  /** Hash of all that would lead to other figures: settings, data of the repo, versions of the stages. */
  sources: z.string(),
  seeds: z.array(z.int()).min(1),
  figures: bySeen(z.strictObject({ recall: figure, ndcg: figure })),
  /** In recall@10, to the first row; null for itself. */
  difference: bySeen(difference),
  parameters: z.int().nonnegative(),
  /** Of all stages, and of training alone, a seed; shared stages are counted for each. */
  minutes: z.number(),
  trainingMinutes: z.number().nullable(),
  /** Evaluations on the test split, of all seeds. */
  testOpenings: z.int(),
});

const figures = z.record(
  z.string(),
  z.strictObject({ device: z.string(), protocol: z.string(), rows: z.record(z.string(), row) }),
);

export type FieldRow = z.infer<typeof row>;
/** By the file of a sweep, from the root of the repo, then by variant. */
export type FieldFigures = z.infer<typeof figures>;

const file = join(packageRoot, 'docs/field-figures.json');

/** What was recorded of finished sweeps; nothing before the first. */
export function readFieldFigures(): FieldFigures {
  return existsSync(file) ? figures.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function writeFieldFigures(recorded: FieldFigures): void {
  writeFileAtomic(file, `${JSON.stringify(figures.parse(recorded), null, 2)}\n`);
}
