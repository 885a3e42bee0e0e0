import { join } from 'node:path';
import { evaluationCases } from '../dataset/evaluation-cases.ts';
import { buildTrie } from '../item-index/trie.ts';
import type { Job } from '../peft-job/job-file.ts';
import { type JobPart, writeJob } from '../peft-job/write-job.ts';
import { taskNames } from '../prompts/types.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { TrainingStage } from '../recipe/sections/training.ts';
import { packageRoot } from '../shared/package-root.ts';
import type { Reporter } from '../shared/reporter.ts';
import { unitRows } from '../training/contrast.ts';
import { type FolderOf, openPromptArtefacts, type PromptArtefacts } from './artefacts.ts';
import { readEmbeddings } from './embeddings.ts';
import { digitsOfEvents } from './forecasts.ts';
import { initialModel } from './initial-model.ts';
import { partFolder, questionsPerTask, rowSource, validationBeams } from './part-settings.ts';
import { sampleCases } from './sample-cases.ts';
import { forecastsFile, learnsFromForecasts } from './stage-files.ts';

/** The worker, as it goes into every job. */
export const workerSource = join(packageRoot, 'trainers', 'peft');

/** Writes the whole training of a recipe as a job for the PyTorch engine; the stages before it must be done. */
export async function writePeftJob(
  folder: string,
  {
    recipe,
    inputFolder,
    stageKey,
    report,
    signal,
  }: {
    recipe: Recipe;
    inputFolder: FolderOf;
    stageKey: string | null;
    report: Reporter;
    signal?: AbortSignal;
  },
): Promise<Job> {
  const { seed, training, model } = recipe;
  const artefacts = await openPromptArtefacts(inputFolder, recipe);
  const tokenizer = inputFolder('vocabulary');
  const first = await initialModel({
    recipe,
    artefacts,
    vocabularyFolder: tokenizer,
    embeddings: () => readEmbeddings(inputFolder('embedding')),
    report,
  });
  const cases = sampleCases(
    [...evaluationCases(artefacts.dataset, 'validation')],
    training.validation_users,
    seed,
  );
  return writeJob(folder, {
    name: recipe.name,
    stageKey,
    seed,
    engine: recipe.peft,
    model: {
      ...first,
      base: model.base_model === null ? null : { reference: model.base_model, rows: first.baseRows },
      firstNewToken: artefacts.vocabulary.codeTokenIds[0][0],
    },
    parts: training.stages.map((part, at) => jobPart(part, at, artefacts, seed)),
    prompts: artefacts.prompts,
    trie: buildTrie(artefacts.index),
    digits: digitsOfEvents(artefacts),
    cases,
    questionsPerTask,
    numBeams: validationBeams,
    forecasts: learnsFromForecasts(recipe) ? join(inputFolder('prompts'), forecastsFile) : null,
    vectors: contrastVectors(recipe, inputFolder),
    tokenizer,
    worker: workerSource,
    report,
    ...(signal ? { signal } : {}),
  });
}

function jobPart(part: TrainingStage, at: number, artefacts: PromptArtefacts, seed: number): JobPart {
  const { name: _name, tasks, micro_batch_size: microBatchSize, ...settings } = part;
  return {
    settings: {
      ...settings,
      folder: partFolder(at, part),
      tasks: taskNames.filter((task) => tasks[task]),
    },
    microBatchSize,
    source: rowSource(part, artefacts, seed),
  };
}

function contrastVectors({ training }: Recipe, inputFolder: FolderOf) {
  const sources = new Set(
    training.stages.flatMap((part) => (part.contrastive_weight > 0 ? part.contrastive_sources : [])),
  );
  if (sources.size === 0) return {};
  const embeddings = readEmbeddings(inputFolder('embedding'));
  return Object.fromEntries([...sources].map((source) => [source, unitRows(embeddings[source])]));
}
