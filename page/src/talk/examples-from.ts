import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

/** Short enough to be read at a glance. */
const longestTitle = 60;

/** Questions that this catalogue can answer, each of another kind: what follows an item, a price, a brand left out. */
export function examplesFrom(items: readonly ItemCard[]): string[] {
  const titled = items.filter(({ title }) => title.length > 12 && title.length <= longestTitle);
  // Not from the beginning, where an index has its most common digits.
  const first = titled[Math.floor(titled.length / 3)];
  if (!first) return [];
  const others = [...new Map(titled.map((item) => [kindOf(item), item]))].filter(
    ([kind]) => kind !== undefined && kind !== kindOf(first),
  );
  const priced = others.find(([, { attributes }]) => Number(attributes?.price) > 0);
  const branded = others.findLast((other) => other !== priced && other[1].brand);
  if (!priced && !branded)
    return [nextAfter(first), ...titled.slice(0, 1).map(({ title }) => `Something like ${title}`)];
  return [
    nextAfter(first),
    ...(priced ? [`${priced[0]} under ${Math.ceil(Number(priced[1].attributes?.price) / 10) * 10}`] : []),
    ...(branded ? [`${branded[0]}, but not ${branded[1].brand}`] : []),
  ];
}

function nextAfter({ title }: ItemCard): string {
  return `I just bought ${title}, what next?`;
}

/** A word or two, but not what only names a number: "Diapers" of "Diapers Size 4". */
const kindPattern = /^[\p{L}-]+( [\p{L}-]+(?![\p{L}-]| \d+$))?/u;

/** `Poop bags` of "MeowCo Poop Bags 120 pcs"; the category where no brand begins the title. */
function kindOf({ title, brand, categories = [] }: ItemCard): string | undefined {
  const isBranded = brand !== undefined && title.toLowerCase().startsWith(`${brand.toLowerCase()} `);
  const words = isBranded ? title.slice(brand.length + 1).match(kindPattern)?.[0] : undefined;
  const kind = (words ?? categories.at(-1))?.toLowerCase();
  return kind && kind.charAt(0).toUpperCase() + kind.slice(1);
}
