import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { datasetStage } from '../../orchestrator/stages/01-dataset.ts';

const sectionsWith = (set: string[]) =>
  datasetStage.sections(resolveRecipe('quickstart', { set }).recipe) as Record<string, unknown>;

test('settings that came later are no part of the key where they have their defaults', (t) => {
  t.deepEqual(sectionsWith([]), {
    format: 'sequences',
    columns: { user: 'user_id', item: 'item_id', time: null, rating: null },
    item_columns: {
      item: 'item_id',
      title: null,
      description: null,
      categories: null,
      brand: null,
      keywords: null,
    },
    separator: null,
    min_rating: null,
    k_core: 5,
    duplicates: 'keep',
    split: 'leave-one-out',
    split_fractions: [0.8, 0.1],
    split_times: null,
    require_metadata: false,
    history_limit: 20,
    max_broken_share: 0.01,
  });
});

test('they are where they have other values', (t) => {
  const { item_columns, columns } = sectionsWith([
    'dataset.item_columns.price=cost',
    'dataset.columns.quantity=pieces',
  ]);
  t.is((item_columns as { price: string }).price, 'cost');
  t.is((columns as { quantity: string }).quantity, 'pieces');
});
