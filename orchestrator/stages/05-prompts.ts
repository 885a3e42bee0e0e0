import { join } from 'node:path';
import { behaviourFolders, learnsFromForecasts, templatesFolder } from '../opened-run/stage-files.ts';
import { ownTaskPaths } from '../prompts/own-task-files.ts';
import { promptsForKey } from '../prompts/settings-for-key.ts';
import { defineStage } from './define-stage.ts';

/**
 * Checks that every task of the training can be rendered, and measures the rows; training renders them as it goes. Where
 * a part of it learns from the behaviour encoders, their forecasts are made here.
 */
export const promptsStage = defineStage({
  name: 'prompts',
  version: 3,
  sections: (recipe) => ({
    settings: promptsForKey(recipe.prompts),
    tasks: recipe.training.stages.map(({ tasks }) => tasks),
    forecasts: learnsFromForecasts(recipe),
  }),
  partOf: ({ recommender }) => recommender === 'generative',
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary'],
  inputFiles: ({ prompts }) => [prompts.templates, ...ownTaskPaths(prompts.own_tasks)],
  async run({ recipe, folder, inputFolder, report, signal }) {
    const { rowPlan } = await import('../prompts/row-plan.ts');
    const { promptStatistics } = await import('../prompts/statistics.ts');
    const { writeJson } = await import('../storage/json-file.ts');
    const { openPromptArtefacts } = await import('../opened-run/artefacts.ts');
    const { copyTemplates } = await import('../prompts/load-templates.ts');
    const { copyOwnTasks } = await import('../prompts/own-tasks.ts');
    const artefacts = await openPromptArtefacts(inputFolder, recipe);
    copyTemplates(recipe.prompts.templates, join(folder, templatesFolder));
    copyOwnTasks(recipe.prompts.own_tasks, join(folder, templatesFolder));
    const statistics: Record<string, unknown> = {};
    let tokens = 0;
    for (const [at, { name, tasks, epochs }] of recipe.training.stages.entries()) {
      const measured = promptStatistics(
        rowPlan({
          source: artefacts.prompts,
          tasks,
          registry: artefacts.tasks,
          seed: recipe.seed,
          epoch: 0,
          replay: recipe.training.replay,
        }),
        500,
      );
      statistics[name] = measured;
      tokens += epochs * measured.reduce((sum, task) => sum + task.tokens, 0);
      report({ type: 'progress', label: name, done: at + 1, total: recipe.training.stages.length });
    }
    writeJson(join(folder, 'statistics.json'), statistics);
    if (learnsFromForecasts(recipe)) {
      const { writeForecasts } = await import('../opened-run/forecasts.ts');
      const encoders = behaviourFolders(inputFolder('embedding'), recipe);
      await writeForecasts({ artefacts, behaviourFolders: encoders, folder, report, signal });
    }
    const first = recipe.training.stages[0];
    return {
      layout: recipe.prompts.layout,
      tasks: Object.keys(first.tasks).length,
      'tokens to train on': tokens,
    };
  },
});
