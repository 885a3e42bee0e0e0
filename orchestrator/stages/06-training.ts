import { join } from 'node:path';
import type { Figures } from '../shared/reporter.ts';
import { defineStage } from './define-stage.ts';
import type { StartingModel } from './initial-model.ts';
import { finalModelFolder, learnsFromForecasts } from './stage-files.ts';

/** Prompts -> a tuned model: one part after the other, each from where the one before ended. */
export const trainingStage = defineStage({
  name: 'training',
  version: 10,
  sections: ({
    training,
    model: { base_model: _base, ...model },
    prompts: { templates: _templates, ...prompts },
    engine,
    peft: { device: _device, checkpoint_seconds: _seconds, ...peft },
  }) => ({
    training,
    model,
    prompts,
    // Where it is computed and how it is started changes nothing.
    ...(engine === 'peft' ? { peft } : {}),
  }),
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary', 'prompts'],
  inputFiles: ({ prompts }) => [prompts.templates],
  models: ({ model: { base_model: name } }) => (name ? [{ name, use: 'base-model' }] : []),
  async run(context) {
    const { recipe, folder, inputFolder, report, signal } = context;
    if (recipe.engine === 'peft') {
      const { trainByPeft } = await import('./peft-training.ts');
      return trainByPeft(context);
    }
    const { openPromptArtefacts } = await import('./artefacts.ts');
    const { partFolder } = await import('./part-settings.ts');
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
      }
    } finally {
      forecasts?.close();
    }
    copyModel(base.folder, join(folder, finalModelFolder), inputFolder('vocabulary'));
    return figures;
  },
});
