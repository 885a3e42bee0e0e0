import { readsItems } from '../models/settings.ts';
import type { Conflict } from '../shared/conflict.ts';
import { checkEager } from './eager-checks.ts';
import { checkLiger } from './liger-checks.ts';
import type { Recipe } from './schema.ts';

/** What models whose rows are items ask of the rest of a recipe, and what is for them alone. */
export function* checkItemModels(recipe: Partial<Recipe>): Generator<Conflict> {
  const { model } = recipe;
  if (!model) return;
  const family = model.base_model === null ? model.family : null;
  const own = family === 'eager' ? eager : family === 'liger' ? liger : null;
  if (own) {
    yield* checkRows(recipe, own);
    yield* checkParts(recipe, own);
    yield* checkContinued(recipe, own);
  }
  yield* checkEager(recipe, family === 'eager');
  yield* checkLiger(recipe, family === 'liger');
  if (recipe.prompts?.layout === 'items' && !readsItems(family ?? ''))
    yield {
      path: 'prompts.layout',
      message: 'items is for a model that reads no texts, and this recipe has none from scratch',
      remedy:
        'Set model.family to eager or liger and model.base_model to null, or prompts.layout to user or prefix.',
    };
}

/** How messages speak of a family. */
interface Spoken {
  name: string;
  /** What it learns in the place of other losses. */
  learns: string;
  /** Settings of losses that it does not have, and the values at which they say nothing. */
  strange: Partial<Record<keyof Recipe['training']['stages'][number], number | string>>;
  /** Why it cannot go on with other items. */
  holds: string;
}

const others = { contrastive_weight: 0, preference_weight: 0, reward_weight: 0, digit_softmax: 'vocabulary' };
const eager: Spoken = {
  name: 'an EAGER',
  learns: 'which has losses of its own (eager)',
  strange: { ...others, loss_temperature: 1 },
  holds: 'a row for each item and each node, and none for new ones',
};
const liger: Spoken = {
  name: 'a LIGER',
  learns: 'which learns the digits of a code and the vector of its text',
  strange: others,
  holds: 'the texts of its items, and none of new ones',
};

function* checkRows({ prompts }: Partial<Recipe>, { name }: Spoken): Generator<Conflict> {
  if (prompts && prompts.layout !== 'items')
    yield {
      path: 'prompts.layout',
      message: `${name} reads the items of a history and no texts, and prompts.layout is ${prompts.layout}`,
      remedy: 'Set prompts.layout to items, or take another model.family.',
    };
}

/** Its own losses stand in the place of all others. */
function* checkParts({ training }: Partial<Recipe>, { name, learns, strange }: Spoken): Generator<Conflict> {
  for (const [at, part] of (training?.stages ?? []).entries()) {
    const path = `training.stages.${at}`;
    if (part.tuning !== 'full')
      yield {
        path: `${path}.tuning`,
        message: `${name} is trained whole, and tuning is ${part.tuning}`,
        remedy: 'Set tuning to full.',
      };
    const worded = Object.entries(part.tasks).filter(
      ([task, weight]) => (weight ?? 0) > 0 && task !== 'sequential-recommendation',
    );
    if (worded.length > 0)
      yield {
        path: `${path}.tasks`,
        message: `${name} only recommends; it has no words for ${worded.map(([task]) => task).join(', ')}`,
        remedy: 'Set tasks to {sequential-recommendation: 1}.',
      };
    for (const [setting, usual] of Object.entries(strange))
      if (part[setting as keyof typeof part] !== usual)
        yield {
          path: `${path}.${setting}`,
          message: `is not computed for ${name}, ${learns}`,
          remedy: `Remove it, or set it to ${usual}.`,
        };
  }
}

function* checkContinued({ continue: base }: Partial<Recipe>, { name, holds }: Spoken): Generator<Conflict> {
  if (base !== undefined)
    yield {
      path: 'continue',
      message: `${name} has ${holds}`,
      remedy: 'Train it anew, without `continue`.',
    };
}
