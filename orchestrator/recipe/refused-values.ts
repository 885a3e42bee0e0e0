import type { Located } from './located.ts';
import type { Problem } from './problem.ts';

/**
 * What was written with a reference to the environment where that is not read, and stands in the recipe still: who
 * extends such a recipe has to say the value, and once it is said nothing is refused any longer.
 */
export function refusedValues(tree: Located): Problem[] {
  return visit(tree, '');
}

function visit({ origin, value, refused, isGap }: Located, path: string): Problem[] {
  if (refused !== undefined)
    return [
      {
        place: origin.place,
        path,
        message: isGap
          ? `is to be filled in, since the environment is not read here: ${refused}`
          : `${refused} cannot be used here`,
        remedy: isGap
          ? 'Write the value behind it.'
          : `Write the value itself${path ? ` as ${path}` : ''}: the environment is not read here.`,
      },
    ];
  const at = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.flatMap((inner, index) => visit(inner, at(index)));
  if (value instanceof Map) return [...value].flatMap(([key, inner]) => visit(inner, at(key)));
  return [];
}
