import type { Item } from '../../dataset/types.ts';
import { plainText } from '../../prompts/item-text.ts';
import { isBeing, stemOf } from '../../understanding/index.ts';
import type { Pieces } from '../made-once.ts';

const mostKinds = 6;
const mostDepartments = 12;
const longestName = 30;

/** What can be asked here, with examples that this catalogue can answer. */
export function* sayHelp(items: readonly Item[]): Pieces<readonly string[]> {
  const paths = new Map<string, Item[]>();
  for (const item of items) {
    const path = item.categories.map((name) => plainText(name).toLowerCase()).join(arrow);
    const same = paths.get(path) ?? [];
    same.push(item);
    paths.set(path, same);
    yield;
  }
  const kinds = [...paths]
    .sort((a, b) => b[1].length - a[1].length)
    .flatMap(([path, of]): Kind[] => {
      const name = nameOf(path, [...paths.keys()]);
      return name !== '' && name.length <= longestName ? [[name, of]] : [];
    });
  const [first, second = first, third = second] = kinds;
  const examples = first
    ? [byPrice(first), byBrand(second), withoutBrand(third)].flatMap((each) => each ?? [])
    : [];
  const departments = departmentsOf(kinds);
  const names = [...new Set(kinds.map(([name]) => name))].slice(0, mostKinds);
  return [
    `Say in your own words what you are looking for${examples.length > 0 ? `: ${quoted(examples)}` : ''}.`,
    'A list can be narrowed, or asked about: “cheaper than the second”, “not the first, others please”, “is the third in stock?”.',
    ...(departments.length > 1
      ? [`There is: ${departments.join(', ')}.`]
      : names.length > 0
        ? [`There is, among others: ${names.join(', ')}.`]
        : []),
  ];
}
const arrow = ' > ';

/** "Lamps"; "dog food" where there is other food, and "fragrance for women". */
function nameOf(path: string, all: readonly string[]): string {
  const [name, above] = path.split(arrow).reverse();
  if (!above) return name;
  if (isBeing(name)) return `${above} for ${name}`;
  const isOne = all.filter((other) => other === name || other.endsWith(arrow + name)).length === 1;
  return isOne ? name : `${isBeing(above) ? stemOf(above) : above} ${name}`;
}

type Kind = readonly [name: string, items: readonly Item[]];

/** The outermost categories, where all of them can be told; the largest first. */
function departmentsOf(kinds: readonly Kind[]): string[] {
  const counts = new Map<string, number>();
  for (const [, items] of kinds) {
    const name = plainText(items[0].categories[0]);
    counts.set(name, (counts.get(name) ?? 0) + items.length);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return names.length <= mostDepartments && names.every(({ length }) => length <= longestName) ? names : [];
}

/** Under what half of them cost less than. */
function byPrice([name, items]: Kind): string {
  const prices = items
    .flatMap(({ attributes }) => (typeof attributes?.price === 'number' ? attributes.price : []))
    .sort((a, b) => a - b);
  const middle = prices[Math.floor(prices.length / 2)];
  return middle === undefined ? name : `${name} under ${Math.max(5, Math.ceil(middle / 5) * 5)}`;
}

const byBrand = (kind: Kind): string => {
  const brand = brandOf(kind);
  return brand ? `${kind[0]} by ${brand}` : kind[0];
};

function withoutBrand(kind: Kind): string | null {
  const brand = brandOf(kind);
  return brand ? `${kind[0]}, but nothing from ${brand}` : null;
}

/** The brand that most of them are of. */
function brandOf([, items]: Kind): string | undefined {
  const counts = new Map<string, number>();
  for (const { brand } of items) {
    const name = plainText(brand);
    if (name !== '' && name.length <= longestName) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

const quoted = (texts: readonly string[]) => [...new Set(texts)].map((text) => `“${text}”`).join(', ');
