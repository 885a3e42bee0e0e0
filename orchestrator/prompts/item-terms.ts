import type { Dataset, Item } from '../dataset/types.ts';
import { wordsOf } from '../embedding/semantic/words.ts';
import type { Random } from '../shared/random.ts';
import { createBoundedCache } from './bounded-cache.ts';
import { plainText, titleOf } from './item-text.ts';

/**
 * Search queries and preferences, which interaction logs do not hold, made from item texts.
 * They are stand-ins: nobody typed these queries or voiced these preferences. Equal seeds give equal texts.
 */
export interface ItemTerms {
  /** Two to four of the item's terms in the order of its text. */
  query(item: number, random: Random): string;
  /** Up to three terms that these items share most, `curly hair, shampoo and acme`. */
  preference(items: ArrayLike<number>): string;
  /** The item's terms: words of its title, keywords, its two most special categories, its brand. */
  termsOf(item: number): readonly string[];
}

/** Terms carried by more than one item in twenty tell little; rarer than that, all tell the same. */
const highestInformation = Math.log(20);
const preferenceTerms = 3;
/** In characters; what is longer is a sentence. */
const longestTerm = 40;

export function createItemTerms(dataset: Dataset): ItemTerms {
  const { items } = dataset;
  const titleWords = new Set<string>();
  for (const item of items) for (const word of wordsOf(plainText(item.title))) titleWords.add(word);
  const frequency = new Map<string, number>();
  for (const item of items)
    for (const term of collectTerms(item, titleWords)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const cache = createBoundedCache<number, readonly string[]>(20_000);
  const termsOf = (item: number) => cache.get(item, () => collectTerms(items[item], titleWords));
  return {
    termsOf,
    query: (item, random) => {
      const terms = termsOf(item);
      return terms.length === 0
        ? titleOf(items[item])
        : drawInOrder(terms, 2 + random.integer(3), random).join(' ');
    },
    preference: (chosen) => {
      const counts = new Map<string, number>();
      for (let at = 0; at < chosen.length; at++)
        for (const term of termsOf(chosen[at])) counts.set(term, (counts.get(term) ?? 0) + 1);
      if (counts.size === 0) return `things like ${titleOf(items[chosen[chosen.length - 1]])}`;
      return joinTerms(mostShared(counts, frequency, items.length));
    },
  };
}

function collectTerms(item: Item, titleWords: ReadonlySet<string>): string[] {
  const terms = [
    ...wordsOf(plainText(item.title)),
    // Some data have word pieces among the keywords ("acious"): a keyword of one word counts if some title has it.
    ...item.keywords
      .map((keyword) => plainText(keyword).toLowerCase())
      .filter((keyword) => titleWords.size === 0 || keyword.includes(' ') || titleWords.has(keyword)),
    ...item.categories.slice(-2).map((category) => plainText(category).toLowerCase()),
    plainText(item.brand).toLowerCase(),
  ];
  return [...new Set(terms.filter(tells))];
}

function tells(term: string): boolean {
  if (term === '' || term.length > longestTerm || stopWords.has(term) || /^[\p{N}.,]+$/u.test(term))
    return false;
  return term.length > 2 || !/^[\p{Script=Latin}\p{N}'’]*$/u.test(term);
}

function drawInOrder(terms: readonly string[], count: number, random: Random): string[] {
  const places = terms.map((_, at) => at);
  for (let at = 0; at < Math.min(count, places.length); at++) {
    const other = at + random.integer(places.length - at);
    [places[at], places[other]] = [places[other], places[at]];
  }
  return places
    .slice(0, count)
    .sort((left, right) => left - right)
    .map((at) => terms[at]);
}

/** By how often the history has a term times its information, then the more general term, then the alphabet. */
function mostShared(
  counts: ReadonlyMap<string, number>,
  frequency: ReadonlyMap<string, number>,
  items: number,
): string[] {
  return [...counts]
    .map(([term, count]) => {
      const carriers = frequency.get(term) ?? 1;
      return { term, carriers, score: count * Math.min(highestInformation, Math.log(1 + items / carriers)) };
    })
    .sort(
      (left, right) =>
        right.score - left.score ||
        right.carriers - left.carriers ||
        (left.term < right.term ? -1 : left.term > right.term ? 1 : 0),
    )
    .slice(0, preferenceTerms)
    .map(({ term }) => term);
}

function joinTerms(terms: readonly string[]): string {
  return terms.length < 2 ? terms.join('') : `${terms.slice(0, -1).join(', ')} and ${terms.at(-1)}`;
}

const stopWords = new Set(
  'the and for with from this that you your its our all are not new set pack pcs piece pieces ounce ounces inch size each per one two count fluid'.split(
    ' ',
  ),
);
