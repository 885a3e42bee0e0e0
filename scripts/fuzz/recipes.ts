import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedRecipes } from '../../orchestrator/recipe/find-recipe.ts';
import { checkRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { packageRoot } from '../../orchestrator/shared/package-root.ts';
import { damageText, oneOf } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';

/** Shipped recipes with damage in their text, and settings with damage in theirs. */
export const recipes: FuzzKind = {
  name: 'recipes',
  run(random, folder) {
    const text = readFileSync(
      join(packageRoot, 'recipes', `${oneOf(random, shippedRecipes())}.yaml`),
      'utf8',
    );
    const file = join(folder, 'recipe.yaml');
    writeFileSync(file, damageText(random, text));
    const set = Array.from({ length: random.integer(3) }, () =>
      damageText(random, oneOf(random, ['seed=2', 'training.stages.0.epochs=1', 'evaluation.cutoffs=[1,5]'])),
    );
    const { resolved, problems } = checkRecipe(file, { set });
    if (!resolved && problems.length === 0) throw new Error('neither a recipe nor a problem');
    const wordless = problems.find(({ message }) => !message);
    if (wordless) throw new Error(`a problem without words: ${JSON.stringify(wordless)}`);
  },
};
