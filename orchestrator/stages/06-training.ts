import { laterModelSettings } from '../models/settings.ts';
import { ownTaskPaths } from '../prompts/own-task-files.ts';
import { promptsForKey } from '../prompts/settings-for-key.ts';
import type { Recipe } from '../recipe/schema.ts';
import type { Figures } from '../shared/reporter.ts';
import { withoutDefaults } from '../shared/without-defaults.ts';
import { laterPartSettings } from '../training/settings.ts';
import { defineStage, type StageContext } from './define-stage.ts';

/** Prompts -> a tuned model: one part after the other, each from where the one before ended. */
export const trainingStage = defineStage({
  name: 'training',
  version: 10,
  sections: ({
    training: { epochs_from: _from, replay, ...rest },
    continue: base,
    model: { base_model: _base, family, ...model },
    prompts,
    engine,
    peft: { device: _device, checkpoint_seconds: _seconds, ...peft },
  }) => ({
    ...keyedTraining(rest, base === undefined ? {} : { replay }),
    // Runs from before there was a choice of families keep their keys.
    model: { ...withoutDefaults(model, laterModelSettings), ...(family === 'llama' ? {} : { family }) },
    prompts: promptsForKey(prompts),
    // Where it runs and how it is started does not change the result.
    ...(engine === 'peft' ? { peft } : {}),
  }),
  partOf: ({ recommender }) => recommender === 'generative',
  inputs: ['dataset', 'embedding', 'item-index', 'vocabulary', 'prompts'],
  inputFiles: ({ prompts }) => [prompts.templates, ...ownTaskPaths(prompts.own_tasks)],
  models: ({ model: { base_model: name }, continue: base }) =>
    name && base === undefined ? [{ name, use: 'base-model' }] : [],
  run: train,
  async continued(context) {
    if (context.recipe.append === undefined) return train(context);
    const { keepModel } = await import('../fine-tuning/keep-model.ts');
    return keepModel(context);
  },
});

function keyedTraining(
  { stages, ...training }: Omit<Recipe['training'], 'epochs_from' | 'replay'>,
  more: object,
) {
  return {
    training: {
      ...training,
      stages: stages.map((part) => withoutDefaults(part, laterPartSettings)),
      ...more,
    },
  };
}

async function train(context: StageContext): Promise<Figures> {
  if (context.recipe.engine === 'peft') {
    const { trainByPeft } = await import('../fine-tuning/peft-training.ts');
    return trainByPeft(context);
  }
  const { trainInNode } = await import('../fine-tuning/train-in-node.ts');
  return trainInNode(context);
}
