import type MiniSearch from 'minisearch';
import type { Item } from '../../dataset/types.ts';
import { wordsOf } from '../../embedding/semantic/words.ts';
import { createBoundedCache } from '../../prompts/bounded-cache.ts';
import { titleOf } from '../../prompts/item-text.ts';
import type { Understanding } from '../../understanding/index.ts';
import { wordForms } from './word-forms.ts';

/** How firmly items hold a word: 1 in the title or category, less by a form of it or in the description. */
export type Holding = ReadonlyMap<number, number>;

/** From here on a word says what the item is; below, something about it. */
export const firm = 0.7;

const inTitle = { same: 1, derived: firm };
const inDescription = { same: 0.3, derived: 0.2 };
const mostKept = 500;

/** Finds the items that hold a word, by its forms; `holding` finds those that hold several. */
export function createHeldWords(
  items: readonly Item[],
  index: () => MiniSearch,
  { holding, isOneOf }: Pick<Understanding, 'holding' | 'isOneOf'>,
): (word: string) => Holding {
  const kept = createBoundedCache<string, Holding>(mostKept);
  const find = (word: string) =>
    word.includes(' ')
      ? new Map([...holding(word)].map((item) => [item, firm]))
      : holdingOf(word, items, index(), isOneOf);
  return (word) => kept.get(word, () => find(word));
}

function holdingOf(
  word: string,
  items: readonly Item[],
  index: MiniSearch,
  isOneOf: Understanding['isOneOf'],
): Holding {
  const { same, derived } = wordForms(word);
  const holding = new Map<number, number>();
  const byBrand: number[] = [];
  const found = index.search([...same, ...derived].join(' '), {
    tokenize: (forms) => forms.split(' '),
    fields: ['title', 'brand', 'kinds', 'description'],
    combineWith: 'OR',
  });
  for (const { id, match } of found) {
    const item = id as number;
    if (!isOneOf(item, word)) continue;
    const isBrand = Object.values(match).some((fields) => fields.includes('brand'));
    const strengths = Object.entries(match).flatMap(([form, fields]) => {
      const kind = same.has(form) ? 'same' : 'derived';
      return fields
        .filter(
          (field) => field !== 'brand' && !(isBrand && field === 'title' && isOnlyBrand(form, items[item])),
        )
        .map((field) => (field === 'description' ? inDescription : inTitle)[kind]);
    });
    if (strengths.length > 0) holding.set(item, Math.max(...strengths));
    else byBrand.push(item);
  }
  // A kettle by Tea Harbour is no tea; where nothing else is called so, the brand is meant.
  const isThing = [...holding.values()].some((strength) => strength >= firm);
  if (!isThing) for (const item of byBrand) holding.set(item, inTitle.same);
  return holding;
}

/** Whether a title holds a word only as part of the brand. */
function isOnlyBrand(form: string, item: Item): boolean {
  const title = wordsOf(titleOf(item));
  const brand = wordsOf(item.brand);
  const start = title.findIndex((_, at) => brand.every((word, offset) => title[at + offset] === word));
  if (start < 0) return false;
  return !title.some((word, at) => word === form && (at < start || at >= start + brand.length));
}
