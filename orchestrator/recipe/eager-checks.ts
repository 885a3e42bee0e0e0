import type { Conflict } from '../shared/conflict.ts';
import type { Recipe } from './schema.ts';

/** What an EAGER asks of the rest of a recipe, and what is for it alone. */
export function* checkEager(recipe: Partial<Recipe>): Generator<Conflict> {
  const { model, prompts, item_index } = recipe;
  if (!model) return;
  const isEager = model.base_model === null && model.family === 'eager';
  if (!isEager) {
    yield* checkOthers(recipe);
    return;
  }
  if (prompts && prompts.layout !== 'items')
    yield {
      path: 'prompts.layout',
      message: `an EAGER reads the items of a history and no texts, and prompts.layout is ${prompts.layout}`,
      remedy: 'Set prompts.layout to items, or take another model.family.',
    };
  if (item_index && item_index.fusion !== 'streams')
    yield {
      path: 'item_index.fusion',
      message: `an EAGER has a decoder for the codes of each source, and fusion is ${item_index.fusion}`,
      remedy: 'Set item_index.fusion to streams.',
    };
  yield* checkParts(recipe);
  yield* checkAround(recipe);
}

function* checkOthers({ prompts, training }: Partial<Recipe>): Generator<Conflict> {
  if (prompts?.layout === 'items')
    yield {
      path: 'prompts.layout',
      message: 'items is for a model that reads no texts, and this recipe has none from scratch',
      remedy: 'Set model.family to eager and model.base_model to null, or prompts.layout to user.',
    };
  for (const [at, { eager }] of (training?.stages ?? []).entries())
    if (eager)
      yield {
        path: `training.stages.${at}.eager`,
        message: 'these are losses of an EAGER, and the model is another',
        remedy: 'Remove the section, or set model.family to eager.',
      };
}

/** Its own losses stand in the place of all others. */
function* checkParts({ training }: Partial<Recipe>): Generator<Conflict> {
  for (const [at, part] of (training?.stages ?? []).entries()) {
    const path = `training.stages.${at}`;
    if (part.tuning !== 'full')
      yield {
        path: `${path}.tuning`,
        message: `an EAGER is trained whole, and tuning is ${part.tuning}`,
        remedy: 'Set tuning to full.',
      };
    const others = Object.entries(part.tasks).filter(
      ([task, weight]) => (weight ?? 0) > 0 && task !== 'sequential-recommendation',
    );
    if (others.length > 0)
      yield {
        path: `${path}.tasks`,
        message: `an EAGER only recommends; it has no words for ${others.map(([task]) => task).join(', ')}`,
        remedy: 'Set tasks to {sequential-recommendation: 1}.',
      };
    for (const [name, usual] of [
      ['contrastive_weight', 0],
      ['preference_weight', 0],
      ['reward_weight', 0],
      ['digit_softmax', 'vocabulary'],
      ['loss_temperature', 1],
    ] as const)
      if (part[name] !== usual)
        yield {
          path: `${path}.${name}`,
          message: `is not computed for an EAGER, which has losses of its own (${path}.eager)`,
          remedy: `Remove it, or set it to ${usual}.`,
        };
  }
}

function* checkAround({ continue: base, decoding }: Partial<Recipe>): Generator<Conflict> {
  if (base !== undefined)
    yield {
      path: 'continue',
      message: 'an EAGER has a row for each item and each node, and none for new ones',
      remedy: 'Train it anew, without `continue`.',
    };
  if (decoding?.cold_items === 'mixed' && decoding.cold_places === null)
    yield {
      path: 'decoding.cold_places',
      message: 'scores of an EAGER are of two decoders together, and no probabilities to mix with others',
      remedy: 'Set decoding.cold_places to a number, or decoding.cold_items to behind or none.',
    };
}
