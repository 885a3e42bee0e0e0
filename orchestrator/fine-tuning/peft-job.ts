import { join } from 'node:path';
import { splitCases } from '../dataset/split-cases.ts';
import { openPromptArtefacts, type PromptArtefacts } from '../opened-run/artefacts.ts';
import { readEmbeddings } from '../opened-run/embeddings.ts';
import { codesOfRun } from '../opened-run/forecasts.ts';
import { forecastsFile, learnsFromForecasts } from '../opened-run/stage-files.ts';
import type { Job } from '../peft-job/job-file.ts';
import { workerSource } from '../peft-job/worker-source.ts';
import { type PartContent, writeJob } from '../peft-job/write-job.ts';
import { trainedTasks } from '../prompts/tasks/trained-tasks.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { FolderOf } from '../runs/stage-names.ts';
import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import { unitRows } from '../training/objectives/contrast.ts';
import { vectorSources } from '../training/objectives/registry.ts';
import { partFolder } from '../training/part-folder.ts';
import { type TrainingPart, withoutNodeSettings } from '../training/settings.ts';
import { initialModel } from './initial-model.ts';
import { questionsPerTask, rowSource, validationBeams } from './part-settings.ts';

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
  const cases = splitCases(artefacts.dataset, 'validation').drawn(training.validation_users, seed);
  return writeJob(folder, {
    name: recipe.name,
    stageKey,
    seed,
    engine: recipe.peft,
    model: {
      ...first,
      // What is continued comes whole: nobody else has it.
      base:
        model.base_model === null || recipe.continue !== undefined
          ? null
          : { reference: model.base_model, rows: first.baseRows },
      firstNewToken: artefacts.vocabulary.codeTokenIds[0][0],
    },
    parts: training.stages.map((part, at) => jobPart(part, at, artefacts, recipe)),
    prompts: artefacts.prompts,
    ...codesOfRun(artefacts),
    cases,
    tasks: trainedTasks(training.stages, artefacts.tasks),
    questionsPerTask,
    numBeams: validationBeams,
    forecasts: learnsFromForecasts(recipe) ? join(inputFolder('prompts'), forecastsFile) : null,
    vectors: objectiveVectors(recipe, inputFolder),
    tokenizer,
    worker: workerSource,
    report,
    ...(signal ? { signal } : {}),
  });
}

function jobPart(part: TrainingPart, at: number, artefacts: PromptArtefacts, recipe: Recipe): PartContent {
  const { name: _name, tasks, micro_batch_size: microBatchSize, ...settings } = part;
  return {
    settings: {
      ...withoutNodeSettings(settings),
      folder: partFolder(at, part),
      tasks: trainedTasks([{ tasks }], artefacts.tasks).map((task) => task.name),
    },
    microBatchSize,
    source: rowSource(part, artefacts, recipe),
  };
}

function objectiveVectors({ training }: Recipe, inputFolder: FolderOf) {
  const sources = new Set(training.stages.flatMap((part) => vectorSources(part)));
  if (sources.size === 0) return {};
  const embeddings: Record<string, Matrix> = readEmbeddings(inputFolder('embedding'));
  return Object.fromEntries([...sources].map((source) => [source, unitRows(embeddings[source])]));
}
