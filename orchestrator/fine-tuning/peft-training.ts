import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { messagesFile } from '../launch/follow-messages.ts';
import { launcherOf } from '../launch/launchers/index.ts';
import { launcherFolder } from '../launch/launchers/worker-command.ts';
import { runWorker } from '../launch/run-worker.ts';
import { checkBaseModel } from '../models/check-base-model.ts';
import { openCheckpoint } from '../models/checkpoint.ts';
import { readModel } from '../models/registry.ts';
import { finalModelFolder } from '../opened-run/stage-files.ts';
import { checkResult, resultFileName } from '../peft-job/check-result.ts';
import { jobIsWritten } from '../peft-job/write-job.ts';
import type { Figures } from '../shared/reporter.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson, writeJson } from '../storage/json-file.ts';
import { openMetricsLog } from '../training/metrics-log.ts';
import { copyModel } from './copy-model.ts';
import { writePeftJob } from './peft-job.ts';
import type { TuningContext } from './tuning-context.ts';

const jobFolderName = 'job';

/** The training stage by PyTorch: a job is written, a worker is started on it, and its result is taken over. */
export async function trainByPeft(context: TuningContext): Promise<Figures> {
  const { recipe, folder, inputFolder, report, signal } = context;
  const job = join(folder, jobFolderName);
  if (!isThere(join(folder, resultFileName))) {
    if (!jobIsWritten(job)) await writePeftJob(job, { recipe, inputFolder, stageKey: null, report, signal });
    const launcher = launcherOf(recipe.launcher);
    await runWorker({ launcher, settings: recipe.launcher, job, result: folder, report, signal });
  }
  const figures = await takeResult(folder, inputFolder('vocabulary'));
  for (const left of [jobFolderName, launcherFolder, messagesFile])
    rmSync(join(folder, left), { recursive: true, force: true });
  return figures;
}

/** Turns a complete result in `folder` into what the Node engine would have left there. */
export async function takeResult(folder: string, vocabularyFolder: string): Promise<Figures> {
  const { job, result } = await checkResult(folder);
  // Null for a model from scratch, whose first part has no adapter.
  let base = job.model.base;
  for (const { folder: part, tuning } of job.stages) {
    const model = join(folder, part, 'model');
    const weights = openCheckpoint(model);
    checkBaseModel(model, readModel(model), weights);
    weights.close();
    // Also writes the TensorBoard file.
    openMetricsLog(join(folder, part), Number.MAX_SAFE_INTEGER);
    if (tuning !== 'full' && base) nameBase(join(folder, part, 'adapter', 'adapter_config.json'), base);
    base = model;
  }
  const last = join(folder, job.stages[job.stages.length - 1].folder, 'model');
  copyModel(last, join(folder, finalModelFolder), vocabularyFolder);
  return { engine: 'peft', ...result.figures };
}

/** A result from another machine names its base by its path there. */
function nameBase(adapterConfig: string, base: string): void {
  const config = readJson(adapterConfig, 'Copy the result folder again.') as Record<string, unknown>;
  writeJson(adapterConfig, { ...config, base_model_name_or_path: base });
}
