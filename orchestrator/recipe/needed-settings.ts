import { findRecipe } from './find-recipe.ts';
import { loadRecipeTree } from './load-recipe.ts';
import { refusedValues } from './refused-values.ts';

/** The settings that a recipe takes from the environment, which who builds on it without one has to say: `dataset.path`. */
export function neededSettings(name: string): string[] {
  const tree = loadRecipeTree(findRecipe(name, '/'), { env: null, problems: [] });
  return tree ? refusedValues(tree).map(({ path }) => path) : [];
}
