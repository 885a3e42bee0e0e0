import type { Item } from '../types.ts';
import { plainText } from './item-text.ts';

const deepest = 8;

/** The parts of a category path such as `Kitchen > Coffee > Beans`, also `A|B` and `A;B`; lists of paths are laid flat. */
export function categoryPath(value: unknown): unknown {
  if (Array.isArray(value)) return value.flat(deepest).flatMap((entry) => partsOf(entry) ?? [entry]);
  return partsOf(value) ?? value;
}

function partsOf(value: unknown): string[] | null {
  if (
    typeof value !== 'string' ||
    !/>|&(?:gt|#0*62|#x0*3e);/i.test(value) ||
    value.trimStart().startsWith('[')
  )
    return null;
  return plainText(value).split(/[|;>]/);
}

/** Takes `Kitchen/Coffee/Beans` for a path where every item that has a category has one of this form. */
export function splitSlashes(items: readonly Item[]): void {
  const some = items.filter(({ categories }) => categories.length > 0);
  const isPath = ({ categories }: Item) => categories.length === 1 && /[^/]\/[^/]/.test(categories[0]);
  if (some.length < 2 || !some.every(isPath)) return;
  for (const item of some)
    item.categories = [...new Set(item.categories[0].split('/').map((part) => part.trim()))].filter(Boolean);
}
