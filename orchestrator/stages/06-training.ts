import { join } from 'node:path';
import type { Figures } from '../shared/reporter.ts';
import { finalModelFolder, learnsFromForecasts, trainingPartFolder } from './artefacts.ts';
import { defineStage } from './define-stage.ts';

/** Prompts -> a tuned model: one part after the other, each from where the one before ended. */
export const trainingStage = defineStage({
  name: 'training',
  version: 8,
  sections: ({
    training,
    model: { base_model: _base, ...model },
    prompts: { templates: _templates, ...prompts },
  }) => ({
    training,
    model,
    prompts,
  }),
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary', 'prompts'],
  inputFiles: ({ prompts, model }) => [prompts.templates, ...(model.base_model ? [model.base_model] : [])],
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { openPromptArtefacts } = await import('./artefacts.ts');
    const { initialModel } = await import('./initial-model.ts');
    const { trainPart } = await import('./train-part.ts');
    const { digitsOfEvents, openTeacher } = await import('./forecasts.ts');
    const { copyModel } = await import('./copy-model.ts');
    const { readEmbeddings } = await import('./embeddings.ts');
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    const digits = digitsOfEvents(artefacts);
    const forecasts = learnsFromForecasts(recipe)
      ? openTeacher(inputFolder('prompts'), artefacts, digits)
      : null;
    const embeddings = recipe.training.stages.some(({ contrastive_weight }) => contrastive_weight > 0)
      ? readEmbeddings(inputFolder('embedding'))
      : null;
    let base = await initialModel({ recipe, artefacts, vocabularyFolder: inputFolder('vocabulary'), report });
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
          folder: trainingPartFolder(folder, at, part.name),
          report,
          signal,
        });
        base = outcome.model;
        Object.assign(figures, outcome.figures);
      }
    } finally {
      forecasts?.close();
    }
    copyModel(base.folder, join(folder, finalModelFolder), inputFolder('vocabulary'));
    return figures;
  },
});
