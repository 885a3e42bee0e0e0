import type { Lexicon } from '../../catalogue/lexicon.ts';
import { includesSorted } from '../../catalogue/postings.ts';
import type { Wish } from '../../intent.ts';

/** From this share of its titles on, a word says what a category is. */
const wholeShare = 0.85;
/** So many of a category have to be called by a word, so that it says a kind. */
const leastItems = 2;
/** Shorter ones are sizes. */
const shortestNoun = 3;

/** The kind of thing that an item is, as a wish: its category, and the noun by which it differs there. */
export function kindOfItem(id: string, lexicon: Lexicon): Wish | null {
  const item = lexicon.byId.get(id);
  const category = item === undefined ? null : lexicon.categories.of(item);
  if (item === undefined || !category) return null;
  const countOf = (stem: string) =>
    category.items.filter((other) => includesSorted(lexicon.titles.get(stem) ?? [], other)).length;
  const counted = [...new Set(lexicon.titleWords(item))]
    .filter(({ length }) => length >= shortestNoun)
    .map((stem) => ({ stem, count: countOf(stem) }));
  const isWhole = counted.some(
    ({ stem, count }) => category.words.has(stem) && count >= wholeShare * category.items.length,
  );
  const nouns = isWhole
    ? []
    : counted.filter(({ stem, count }) => !category.words.has(stem) && count >= leastItems);
  const [noun] = nouns.sort((a, b) => b.count - a.count);
  const name = category.path.split(' > ').at(-1)?.toLowerCase() ?? '';
  /** "Rope toy", where the title has it so; the noun alone elsewhere. */
  const nameOf = (stem: string) => {
    const words = lexicon.titleWords(item);
    const next = words[words.indexOf(stem) + 1] ?? '';
    return [stem, ...(category.words.has(next) ? [next] : [])].map(lexicon.form).join(' ');
  };
  return {
    text: noun ? nameOf(noun.stem) : name,
    categories: [category.path],
    brands: [],
    words: noun ? [lexicon.form(noun.stem)] : [],
    measures: [],
  };
}
