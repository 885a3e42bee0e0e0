import type { Conflict } from '../shared/conflict.ts';
import type { Recipe } from './schema.ts';
import { settingsForPytorch } from './settings-for-pytorch.ts';

/** What a LIGER alone asks of the rest of a recipe, and what is for it alone. */
export function* checkLiger(recipe: Partial<Recipe>, isLiger: boolean): Generator<Conflict> {
  const { model, item_index } = recipe;
  if (!isLiger) {
    if (model?.temperature !== undefined)
      yield {
        path: 'model.temperature',
        message: 'divides the cosines of a LIGER, and the model is another',
        remedy: 'Remove it, or set model.family to liger.',
      };
    return;
  }
  if (item_index?.fusion === 'streams')
    yield {
      path: 'item_index.fusion',
      message: 'a LIGER writes one code of an item, and fusion is streams',
      remedy: 'Set item_index.fusion to codes.',
    };
  for (const path of settingsForPytorch(recipe))
    yield {
      path,
      message: 'PyTorch does not compute a LIGER',
      remedy: `Set ${path} to node, or take another model.family.`,
    };
  yield* checkSearch(recipe);
}

function* checkSearch({ decoding }: Partial<Recipe>): Generator<Conflict> {
  if (!decoding) return;
  if (!decoding.constrained)
    yield {
      path: 'decoding.constrained',
      message: 'a LIGER ranks items, and false also writes codes of none',
      remedy: 'Set decoding.constrained to true.',
    };
  if (decoding.cold_items !== 'none')
    yield {
      path: 'decoding.cold_items',
      message: `a LIGER ranks items that nobody took with all others, by their texts, and cold_items is ${decoding.cold_items}`,
      remedy: 'Set it to none.',
    };
}
