import type { Category } from '../../catalogue/categories.ts';
import type { Lexicon } from '../../catalogue/lexicon.ts';

const leastOfCategory = 0.5;
const leastOfItems = 0.6;
const mostCategories = 6;

/**
 * Categories that a word stands for which only descriptions say, as "perfume" for "Eau de Parfum": most of their
 * items are described by it, and few others. Null where there are none.
 */
export function describedCategories({ texts, categories }: Lexicon, stem: string): Category[] | null {
  const items = texts.get(stem) ?? [];
  const counts = new Map<Category, number>();
  for (const item of items) {
    const category = categories.of(item);
    if (category) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  const found = [...counts].filter(([category, count]) => count >= leastOfCategory * category.items.length);
  const covered = found.reduce((sum, [, count]) => sum + count, 0);
  return found.length > 0 && found.length <= mostCategories && covered >= leastOfItems * items.length
    ? found.map(([category]) => category)
    : null;
}
