import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationCase } from '../dataset/types.ts';
import type { CodeTrie } from '../item-index/trie.ts';
import { adapterSpecs } from '../models/lora.ts';
import type { ModelDefinition, WeightSource } from '../models/model.ts';
import type { PromptSource } from '../prompts/prompt-source.ts';
import { validationRows } from '../prompts/task-questions.ts';
import type { Task } from '../prompts/tasks/task.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import { silentReporter } from '../shared/reporter.ts';
import { hashFile } from '../storage/hash.ts';
import { isThere } from '../storage/is-there.ts';
import { writeSafetensors } from '../storage/safetensors.ts';
import { microBatchCount } from '../training/batches.ts';
import type { CodeDigits } from '../training/code-digits.ts';
import { objectiveParameters } from '../training/objectives/registry.ts';
import type { RowSource } from '../training/options.ts';
import { plannedUpdates } from '../training/planned-updates.ts';
import type { Job, JobPart } from './job-file.ts';
import * as names from './job-file.ts';
import { writeCatalogue } from './write-catalogue.ts';
import { writeFirstWeights, writeInitial } from './write-first-weights.ts';
import { writeEpoch } from './write-shards.ts';
import { writeValidation } from './write-validation.ts';

/** One part of the training: its settings, and where its rows come from. */
export interface PartContent {
  settings: DistributiveOmit<JobPart, 'micro_batches' | 'shards'>;
  microBatchSize: number;
  source: RowSource;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface JobContent {
  name: string;
  stageKey: string | null;
  seed: number;
  engine: Job['engine'];
  model: {
    definition: ModelDefinition;
    weights: WeightSource;
    /** Of a base model: how to find it, its rows, and the rows that are added behind `firstAddedRow`. */
    base: { reference: string; rows: number } | null;
    addedRows: number;
    firstAddedRow: number;
    firstNewToken: number;
  };
  parts: readonly PartContent[];
  prompts: PromptSource;
  trie: CodeTrie;
  digits: CodeDigits;
  /** Validation cases, and how many of them each task is asked about that any part trains. */
  cases: readonly EvaluationCase[];
  tasks: readonly Task[];
  questionsPerTask: number;
  numBeams: number;
  /** The file that the prompts stage made, where a part distils. */
  forecasts: string | null;
  /** Unit vectors of the items by source, where an objective needs them. */
  vectors: Record<string, Matrix>;
  /** Folders that go along as they are. */
  tokenizer: string;
  worker: string;
  report?: Reporter;
  signal?: AbortSignal;
}

/**
 * Writes a job into `folder`: all that the PyTorch engine needs for the whole training, but for a base model. What an
 * interrupted attempt left there is written anew; `job.json` comes last and names every file with its hash.
 */
export async function writeJob(folder: string, content: JobContent): Promise<Job> {
  const { model, parts, prompts, seed, vectors, cases } = content;
  const { report = silentReporter, signal } = content;
  rmSync(folder, { recursive: true, force: true });
  const asked = cases.slice(0, content.questionsPerTask);
  writeValidation(
    join(folder, names.validationFile),
    prompts,
    cases,
    new Map(content.tasks.map((task) => [task.name, validationRows(prompts, task, asked, seed)])),
  );
  const learnsDigits = parts.some(({ settings }) => settings.digit_softmax === 'legal');
  writeCatalogue(
    join(folder, names.catalogueFile),
    content.trie,
    content.digits,
    learnsDigits ? prompts.dataset : null,
  );
  if (Object.keys(vectors).length > 0)
    writeSafetensors(
      join(folder, names.vectorsFile),
      Object.fromEntries(
        Object.entries(vectors).map(([name, { rows, columns, data }]) => [
          name,
          { shape: [rows, columns], data },
        ]),
      ),
    );
  if (content.forecasts) cpSync(content.forecasts, join(folder, names.forecastsFile));
  writeFirstWeights(
    folder,
    model.definition,
    model.weights,
    model.base && { firstAddedRow: model.firstAddedRow, rows: model.addedRows },
  );
  cpSync(content.tokenizer, join(folder, names.tokenizerFolder), {
    recursive: true,
    filter: (path) => !/manifest\.json$/.test(path),
  });
  cpSync(content.worker, join(folder, names.workerFolder), {
    recursive: true,
    filter: (path) => !/(__pycache__|_cache|tests)$/.test(path.slice(content.worker.length)),
  });

  const written: JobPart[] = [];
  const epochsOf = ({ settings, source, microBatchSize }: PartContent) =>
    plannedUpdates(source, { ...settings, micro_batch_size: microBatchSize }).epochs;
  const epochs = parts.reduce((sum, part) => sum + epochsOf(part), 0);
  let epochsWritten = 0;
  for (const part of parts) {
    const { settings, source, microBatchSize } = part;
    writeInitial(join(folder, settings.folder), initialSpecs(settings, content));
    const shards: JobPart['shards'] = [];
    for (let epoch = 0; epoch < epochsOf(part); epoch++) {
      signal?.throwIfAborted();
      shards.push(writeEpoch(folder, settings.folder, source, epoch, { microBatchSize, seed }));
      report({ type: 'progress', label: 'rows written', done: ++epochsWritten, total: epochs });
    }
    const micro_batches = microBatchCount(source.rowsPerEpoch, microBatchSize);
    written.push({ ...settings, micro_batches, shards } as JobPart);
  }

  const job: Job = {
    schema_version: 1,
    name: content.name,
    stage_key: content.stageKey,
    seed,
    max_length: prompts.maxLength,
    model: {
      config: model.definition.config,
      base: model.base?.reference ?? null,
      base_rows: model.base?.rows ?? model.definition.config.vocab_size,
      first_added_row: model.firstAddedRow,
      first_new_token: model.firstNewToken,
    },
    engine: content.engine,
    validation: { cases: cases.length, num_beams: content.numBeams },
    stages: written,
    files: await hashedFiles(folder),
  };
  names.writeJobFile(folder, job);
  return job;
}

/** What a part trains beside the model's own weights: the head's new rows are taken from the model, all else is drawn. */
function initialSpecs(settings: PartContent['settings'], { model, seed, vectors }: JobContent) {
  const { definition } = model;
  const adapters = settings.tuning === 'full' ? [] : adapterSpecs(definition, { ...settings, seed });
  const { hiddenSize } = definition;
  return [...adapters, ...objectiveParameters(settings, { vectors, hiddenSize, seed })];
}

async function hashedFiles(folder: string): Promise<Job['files']> {
  const files: Job['files'] = {};
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of found) {
    const name = path.slice(folder.length + 1).replaceAll('\\', '/');
    files[name] = { bytes: statSync(path).size, sha256: await hashFile(path) };
  }
  return files;
}

/** Is there a whole job? */
export function jobIsWritten(folder: string): boolean {
  return isThere(join(folder, names.jobFileName));
}
