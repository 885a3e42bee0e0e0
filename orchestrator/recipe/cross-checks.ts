import { datasetConflicts } from '../dataset/settings.ts';
import { embeddingConflicts } from '../embedding/settings.ts';
import { itemIndexConflicts } from '../item-index/settings.ts';
import { type Conflict, conflictsAt } from '../shared/conflict.ts';
import { trackersConflicts } from '../tracking/settings.ts';
import { chatConflicts } from '../understanding/settings.ts';
import { checkLists } from './decoding-checks.ts';
import { checkItemModels } from './item-model-checks.ts';
import { checkModelParts } from './model-checks.ts';
import { checkPeftEngine } from './peft-checks.ts';
import type { Recipe } from './schema.ts';

/**
 * What settings of a section mean together, and what no section can see alone. Sections with problems are left out.
 * What needs the data (a beam wider than the catalogue, tasks without texts) is checked by the stages.
 */
export function crossCheck(recipe: Partial<Recipe>): Conflict[] {
  const { recommender = 'generative' } = recipe;
  return [
    ...(recipe.dataset ? conflictsAt('dataset', datasetConflicts(recipe.dataset)) : []),
    ...checkEmbedding(recipe),
    ...(recipe.trackers ? conflictsAt('trackers', trackersConflicts(recipe.trackers)) : []),
    ...(recommender === 'generative' ? checkGenerative(recipe) : []),
  ];
}

/** What concerns codes and the model that writes them. */
function checkGenerative(recipe: Partial<Recipe>): Conflict[] {
  return [
    ...checkContinue(recipe),
    ...checkOwnTasks(recipe),
    ...checkRows(recipe),
    ...checkGivenBehaviour(recipe),
    ...(recipe.item_index ? conflictsAt('item_index', itemIndexConflicts(recipe.item_index)) : []),
    ...checkModelParts(recipe),
    ...checkItemModels(recipe),
    ...checkTraining(recipe),
    ...checkPeftEngine(recipe),
    ...checkLists(recipe),
    ...(recipe.chat ? conflictsAt('chat', chatConflicts(recipe.chat)) : []),
  ];
}

function* checkContinue({ continue: base, append }: Partial<Recipe>): Generator<Conflict> {
  if (append !== undefined && base === undefined)
    yield {
      path: 'append',
      message: 'new items are added to the catalogue of a run, and `continue` names none',
      remedy: 'Set continue to the name of a finished run, or use eager-llm catalogue append RUN FILE.',
    };
}

function* checkEmbedding({ embedding, model }: Partial<Recipe>): Generator<Conflict> {
  if (!embedding) return;
  const { semantic } = embedding;
  yield* conflictsAt('embedding', embeddingConflicts(embedding));
  if (semantic.encoder === 'base-model' && model && model.base_model === null)
    yield {
      path: 'embedding.semantic.encoder',
      message: 'base-model needs a base model, and this recipe starts from scratch',
      remedy: 'Set model.base_model, or choose encoder: lsa.',
    };
}

function* checkOwnTasks({ prompts, training }: Partial<Recipe>): Generator<Conflict> {
  if (prompts?.own_tasks !== null) return;
  for (const [at, { tasks }] of (training?.stages ?? []).entries())
    for (const name of Object.keys(tasks).filter((each) => each.startsWith('own-')))
      yield {
        path: `training.stages.${at}.tasks.${name}`,
        message: 'is a task of your own, and prompts.own_tasks names no folder for it',
        remedy: `Set prompts.own_tasks to the folder that holds ${name}.yaml.`,
      };
}

/** What gives an encoder rows for items that nobody took, where it has none. */
function* checkRows({ embedding, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (embedding?.behaviour.encoder !== 'rpg' || embedding.behaviour.path !== null) return;
  if (decoding && decoding.cold_items !== 'none')
    yield {
      path: 'decoding.cold_items',
      message: `${decoding.cold_items} predicts rows of items, and an item of rpg is its digits`,
      remedy: 'Set it to none: rpg scores an item that nobody took by its digits, as all others.',
    };
}

/** What needs an encoder that can score, where there are only vectors. */
function* checkGivenBehaviour({ embedding, training, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (!embedding || embedding.behaviour.path === null) return;
  for (const setting of ['fusion', 'cold_items'] as const)
    if (decoding && decoding[setting] !== 'none')
      yield {
        path: `decoding.${setting}`,
        message: `${decoding[setting]} asks an encoder for its scores, and behaviour vectors that were given have none`,
        remedy: 'Set it to none, or remove embedding.behaviour.path.',
      };
  for (const [at, { distillation }] of (training?.stages ?? []).entries())
    if (distillation > 0)
      yield {
        path: `training.stages.${at}.distillation`,
        message: 'vectors that were given forecast nothing to learn from',
        remedy: 'Set it to 0, or remove embedding.behaviour.path, so that an encoder is trained here.',
      };
}

function* checkTraining({ training, model, prompts, continue: base }: Partial<Recipe>): Generator<Conflict> {
  if (!training) return;
  if (training.stages.length === 0)
    yield {
      path: 'training',
      message: 'is missing; expected a map of settings',
      remedy:
        'Say how the model is tuned, or set recommender to one that needs no model (encoder, popularity, …).',
    };
  for (const [at, part] of training.stages.entries()) {
    const path = `training.stages.${at}`;
    const first = training.stages.findIndex(({ name }) => name === part.name);
    if (first < at)
      yield {
        path: `${path}.name`,
        message: `"${part.name}" is also the name of stage ${first}`,
        remedy: 'Give each training stage a name of its own.',
      };
    if (part.digit_softmax === 'legal' && prompts && prompts.layout !== 'user')
      yield {
        path: `${path}.digit_softmax`,
        message: `legal is for whole histories, and prompts.layout is ${prompts.layout}`,
        remedy: 'Set prompts.layout to user, or digit_softmax to vocabulary.',
      };
    for (const name of ['distillation', 'label_smoothing'] as const)
      if (part[name] > 0 && part.digit_softmax !== 'legal')
        yield {
          path: `${path}.${name}`,
          message: `shares the target among the digits that can come, and digit_softmax is ${part.digit_softmax}`,
          remedy: `Set digit_softmax to legal, or ${name} to 0.`,
        };
    if (at === 0 && part.tuning !== 'full' && model && model.base_model === null && base === undefined)
      yield {
        path: `${path}.tuning`,
        message: `${part.tuning} has nothing to adapt: it is the first stage of a model from scratch`,
        remedy: 'Set model.base_model, or put a stage with tuning: full before it.',
      };
    if (Object.values(part.tasks).every((weight) => !weight))
      yield {
        path: `${path}.tasks`,
        message: 'no task has a weight above 0',
        remedy: 'Name at least one, as in tasks: {sequential-recommendation: 1}.',
      };
    if (part.patience > 0 && part.validate_every_epochs === 0)
      yield {
        path: `${path}.patience`,
        message: 'early stopping needs validations, and validate_every_epochs is 0',
        remedy: 'Set validate_every_epochs to 1, or patience to 0.',
      };
  }
}
