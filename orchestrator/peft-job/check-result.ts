import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { hashFile } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';
import { metricsFile } from '../training/metrics-log.ts';
import { type Job, jobFileName, readJobFile } from './job-file.ts';

export const resultFileName = 'result.json';

const resultSchema = z.object({
  schema_version: z.literal(1),
  /** SHA-256 of the job.json that was trained. */
  job_sha256: z.string(),
  /** SHA-256 of the weights, by path; absent in results of older workers. */
  files: z.record(z.string(), z.string()).optional(),
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
  peak_memory_bytes: z.number(),
  environment: z.record(z.string(), z.unknown()),
});

/** `result.json`, which the worker writes last. */
export type PeftResult = z.infer<typeof resultSchema>;

/**
 * Reads a result folder with the job that it came from, and checks that it is whole: `result.json` belongs to the
 * `job.json` beside it, and every part left its model, as the worker wrote it. Throws a UserError that says what is amiss.
 */
export async function checkResult(folder: string): Promise<{ job: Job; result: PeftResult }> {
  const remedy =
    'Copy the whole result folder again; to resume an unfinished training, run the same command again.';
  const place = join(folder, resultFileName);
  const parsed = resultSchema.safeParse(readJson(place, remedy));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError('job/broken-result', `is not a result: "${issue.path.join('.')}": ${issue.message}`, {
      place,
      remedy,
    });
  }
  const job = readJobFile(folder);
  const found = await hashFile(join(folder, jobFileName));
  if (found !== parsed.data.job_sha256)
    throw new UserError('job/another-job', 'the result does not belong to the job.json next to it', {
      place,
      remedy,
    });
  const needed = job.stages.flatMap(({ folder: part, tuning }) => [
    `${part}/outcome.json`,
    `${part}/${metricsFile}`,
    `${part}/model/config.json`,
    `${part}/model/model.safetensors`,
    ...(tuning === 'full'
      ? []
      : [`${part}/adapter/adapter_config.json`, `${part}/adapter/adapter_model.safetensors`]),
  ]);
  const missing = needed.filter(
    (file) => !isThere(join(folder, file)) || statSync(join(folder, file)).size === 0,
  );
  if (missing.length > 0)
    throw new UserError(
      'job/broken-result',
      `is incomplete, these files are missing: ${missing.join(', ')}`,
      {
        place: folder,
        remedy,
      },
    );
  await checkWeights(folder, parsed.data.files ?? {});
  return { job, result: parsed.data };
}

async function checkWeights(folder: string, files: Record<string, string>): Promise<void> {
  const damaged: string[] = [];
  for (const [file, sha256] of Object.entries(files)) {
    const path = join(folder, file);
    if (!isThere(path) || (await hashFile(path)) !== sha256) damaged.push(file);
  }
  if (damaged.length === 0) return;
  throw new UserError(
    'job/damaged-result',
    `these files differ from what the worker wrote (SHA-256): ${damaged.join(', ')}`,
    { place: folder, remedy: 'Copy the whole result folder again.' },
  );
}
