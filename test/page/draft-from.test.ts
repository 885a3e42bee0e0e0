import test from 'ava';
import { parse } from 'yaml';
import { shippedRecipes } from '../../orchestrator/recipe/find-recipe.ts';
import { recipeJsonSchema } from '../../orchestrator/recipe/json-schema.ts';
import { neededSettings } from '../../orchestrator/recipe/needed-settings.ts';
import { draftFrom } from '../../page/src/compose/draft-from.ts';
import type { Schema } from '../../page/src/compose/schema.ts';

const schema = recipeJsonSchema() as Schema;
const draftOf = (name: string) => draftFrom({ name, needs: neededSettings(name) }, schema);

test('a draft has a gap for what its recipe takes from the environment, with what belongs there', (t) => {
  t.is(
    draftOf('shop').text,
    `extends: shop

seed: 1
dataset:
  # to be filled in: folder or file of the interaction log, where this server may read it (datasets/, or its --data-dir)
  path:
`,
  );
  t.deepEqual(parse(draftOf('shop-minilm').text), {
    extends: 'shop-minilm',
    seed: 1,
    dataset: { path: null },
    embedding: { semantic: { model: null } },
  });
});

test('a recipe that needs nothing from outside has no gap', (t) => {
  t.is(draftOf('quickstart').text, 'extends: quickstart\n\nseed: 1\n');
  t.is(draftOf('quickstart').name, 'my-quickstart');
});

test('every draft is YAML, and has each gap once', (t) => {
  for (const name of shippedRecipes()) {
    const gaps = draftOf(name).text.match(/^ *# to be filled in: \S/gm) ?? [];
    t.is(gaps.length, neededSettings(name).length, name);
    t.is(parse(draftOf(name).text).extends, name);
  }
});
