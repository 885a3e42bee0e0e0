import type { Conflict } from '../shared/conflict.ts';
import type { Recipe } from './schema.ts';

/** What an EAGER alone asks of the rest of a recipe, and what is for it alone. */
export function* checkEager(recipe: Partial<Recipe>, isEager: boolean): Generator<Conflict> {
  const { item_index, decoding, training } = recipe;
  if (!isEager) {
    for (const [at, { eager }] of (training?.stages ?? []).entries())
      if (eager)
        yield {
          path: `training.stages.${at}.eager`,
          message: 'these are losses of an EAGER, and the model is another',
          remedy: 'Remove the section, or set model.family to eager.',
        };
    return;
  }
  if (item_index && item_index.fusion !== 'streams')
    yield {
      path: 'item_index.fusion',
      message: `an EAGER has a decoder for the codes of each source, and fusion is ${item_index.fusion}`,
      remedy: 'Set item_index.fusion to streams.',
    };
  if (decoding?.cold_items === 'mixed' && decoding.cold_places === null)
    yield {
      path: 'decoding.cold_places',
      message: 'scores of an EAGER are of two decoders together, and no probabilities to mix with others',
      remedy: 'Set decoding.cold_places to a number, or decoding.cold_items to behind or none.',
    };
}
