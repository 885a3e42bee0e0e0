import { readFileSync } from 'node:fs';
import { findRecipe } from '../../recipe/find-recipe.ts';

/** The first line of a shipped recipe's header. */
export function purposeOf(name: string): string {
  const [first] = readFileSync(findRecipe(name, '/'), 'utf8').split('\n');
  return first.startsWith('#') ? first.replace(/^#\s*/, '') : '';
}
