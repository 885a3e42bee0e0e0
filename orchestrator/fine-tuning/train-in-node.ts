import { join } from 'node:path';
import { eagerName } from '../models/eager/eager.ts';
import { openPromptArtefacts } from '../opened-run/artefacts.ts';
import { readEmbeddings } from '../opened-run/embeddings.ts';
import { digitsOfEvents, openTeacher } from '../opened-run/forecasts.ts';
import { finalModelFolder, learnsFromForecasts } from '../opened-run/stage-files.ts';
import type { Figures } from '../shared/reporter.ts';
import { vectorSources } from '../training/objectives/registry.ts';
import { partFolder } from '../training/part-folder.ts';
import { copyModel } from './copy-model.ts';
import { initialModel, type StartingModel } from './initial-model.ts';
import { trainPart } from './train-part.ts';
import type { TuningContext } from './tuning-context.ts';

/** The training stage in this process: one part after the other, each from where the one before ended. */
export async function trainInNode(context: TuningContext): Promise<Figures> {
  const { recipe, folder, inputFolder, report, signal } = context;
  const artefacts = await openPromptArtefacts(inputFolder, recipe);
  const digits = digitsOfEvents(artefacts);
  const forecasts = learnsFromForecasts(recipe)
    ? openTeacher(inputFolder('prompts'), artefacts, digits)
    : null;
  const comparesVectors =
    recipe.model.family === eagerName ||
    recipe.training.stages.some((part) => vectorSources(part).length > 0);
  const embeddings = comparesVectors ? readEmbeddings(inputFolder('embedding')) : null;
  let base: StartingModel = await initialModel({
    recipe,
    artefacts,
    vocabularyFolder: inputFolder('vocabulary'),
    embeddings: () => readEmbeddings(inputFolder('embedding')),
    report,
  });
  const figures: Figures = {};
  try {
    for (const [at, part] of recipe.training.stages.entries()) {
      const outcome = await trainPart({
        recipe,
        part,
        base,
        artefacts,
        digits,
        teacher: forecasts?.teacher ?? null,
        embeddings,
        folder: join(folder, partFolder(at, part)),
        report,
        signal,
      });
      base = outcome.model;
      Object.assign(figures, outcome.figures);
      const isLast = at === recipe.training.stages.length - 1;
      if (isLast) copyModel(outcome.model.folder, join(folder, finalModelFolder), inputFolder('vocabulary'));
    }
  } finally {
    forecasts?.close();
  }
  return figures;
}
