import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

/** Short enough to be read at a glance. */
const longestTitle = 60;

/**
 * Questions that a person would ask first and this catalogue can answer: something for somebody, below a price, without
 * something, and what follows an item. `had`, latest last, decides of what kinds they are; else what many take does.
 */
export function examplesFrom(popular: readonly ItemCard[], had: readonly ItemCard[]): string[] {
  const { kinds, own } = kindsOf(popular, had);
  const [first, second = first] = kinds;
  const next = had.length > 0 ? 'What goes with what I bought last?' : nextAfter(popular);
  const asked = first
    ? [
        `A present for somebody who likes ${first.name}`,
        underPrice(second),
        // Of one's own kinds where there are so many.
        without(kinds.slice(Math.min(2, kinds.length - 1), own > 2 ? own : undefined), [...had, ...popular]),
      ]
    : [likeIt(popular)];
  return [...new Set([...asked, next].filter((each) => each !== null))];
}

interface Kind {
  /** `cat food`: what the titles of its items have in common. */
  name: string;
  items: readonly ItemCard[];
}

/** Kinds of which there are enough items to have a name in common: those that one has first, then the largest. */
function kindsOf(popular: readonly ItemCard[], had: readonly ItemCard[]): { kinds: Kind[]; own: number } {
  const all = new Map([...had, ...popular].map((item) => [item.item_id, item]));
  const groups = new Map<string, ItemCard[]>();
  for (const item of all.values()) {
    const path = pathOf(item);
    if (path !== '') groups.set(path, [...(groups.get(path) ?? []), item]);
  }
  const own = had.map(pathOf).toReversed();
  const placeOf = (path: string) => (own.includes(path) ? own.indexOf(path) : own.length);
  const kinds = [...groups]
    .sort(([a, some], [b, others]) => placeOf(a) - placeOf(b) || others.length - some.length)
    .flatMap(([, items]) => {
      const name = nameOf(items);
      return name === '' ? [] : [{ name, items }];
    });
  return { kinds, own: kinds.filter(({ items }) => own.includes(pathOf(items[0]))).length };
}

const pathOf = ({ categories = [] }: ItemCard) => categories.join(' > ');

/** So many of the titles have a word that belongs to the name; an item alone is no kind. */
const [fewest, share, mostWords] = [3, 0.7, 3];

function nameOf(items: readonly ItemCard[]): string {
  if (items.length < fewest) return '';
  const counts = countsOf(items);
  const isShared = (word: string) => (counts.get(word) ?? 0) >= share * items.length;
  const names = items.map((item) => wordsOf(item).filter(isShared));
  // In the order of a title that has all of them.
  const words = names.toSorted((a, b) => b.length - a.length)[0];
  if (words.length === 0 || words.length > mostWords) return '';
  // As the catalogue counts them: "lamps" of a desk lamp in "Lamps".
  const last = words.at(-1) ?? '';
  const category = items[0].categories?.at(-1)?.toLowerCase() ?? '';
  return [...words.slice(0, -1), category === `${last}s` ? category : last].join(' ');
}

function countsOf(items: readonly ItemCard[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of items.flatMap((item) => [...new Set(wordsOf(item))]))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The words of a title without the brand, numbers, the units behind them, and what only names a number: "SPF 50". */
function wordsOf({ title, brand = '' }: ItemCard): string[] {
  const text = title.toLowerCase();
  const isBranded = brand !== '' && text.startsWith(`${brand.toLowerCase()} `);
  const words = (isBranded ? text.slice(brand.length) : text).split(/[\s,;()]+/).filter(Boolean);
  const isNumber = (at: number) => /^[\d.,x-]*\d$/.test(words[at] ?? '');
  const isWord = (at: number) => /^[\p{L}'-]+$/u.test(words[at] ?? '');
  return words.filter((_, at) => isWord(at) && !isNumber(at - 1) && !(isNumber(at + 1) && !isWord(at + 2)));
}

/** Half of them cost less. */
function underPrice({ name, items }: Kind): string {
  const prices = items
    .flatMap(({ attributes }) => (typeof attributes?.price === 'number' ? attributes.price : []))
    .sort((a, b) => a - b);
  const middle = prices[Math.floor(prices.length / 2)];
  return capital(middle === undefined ? name : `${name} under ${Math.max(5, Math.ceil(middle / 5) * 5)}`);
}

const shortestWord = 4;

/**
 * What several of a kind have in their titles and others have not; it stands in other kinds, too: what cats and dogs eat is
 * a thing to be left out, what coffee alone is called is a sort of coffee. Else a brand.
 */
function without(kinds: readonly Kind[], all: readonly ItemCard[]): string {
  for (const { name, items } of kinds) {
    const elsewhere = countsOf(all.filter((item) => pathOf(item) !== pathOf(items[0])));
    const [sort] = [...countsOf(items)]
      .filter(([word, count]) => count > 1 && count <= items.length / 2 && isSort(word, name, elsewhere))
      .sort(([, a], [, b]) => b - a);
    if (sort) return capital(`${name} without ${sort[0]}`);
  }
  const [{ name, items }] = kinds;
  const brand = items.find((item) => item.brand)?.brand;
  return capital(brand ? `${name}, but not ${brand}` : name);
}

function isSort(word: string, name: string, elsewhere: ReadonlyMap<string, number>): boolean {
  // "Lamp" of "lamps" is no sort of them.
  return word.length >= shortestWord && elsewhere.has(word) && !name.includes(word);
}

function nextAfter(popular: readonly ItemCard[]): string | null {
  const item = popular.find(isShort);
  return item ? `I just bought ${item.title}, what next?` : null;
}

/** Where the data tell no kinds. */
function likeIt(popular: readonly ItemCard[]): string | null {
  const item = popular.filter(isShort)[1];
  return item ? `Something like ${item.title}` : null;
}

const isShort = ({ title }: ItemCard) => title !== '' && title.length <= longestTitle;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
