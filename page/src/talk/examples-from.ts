import type { ItemCard } from '../../../orchestrator/serving/contract/items.ts';

/** Short enough to be read at a glance. */
const longestTitle = 60;

/** Questions that this catalogue can answer: what follows an item, and a kind of item with a price or without a brand. */
export function examplesFrom(items: readonly ItemCard[]): string[] {
  const titled = items.filter(({ title }) => title.length > 12 && title.length <= longestTitle);
  // Not from the beginning, where an index has its most common digits.
  const first = titled[Math.floor(titled.length / 3)];
  if (!first) return [];
  const other = titled.findLast((item) => kindOf(item) !== undefined && kindOf(item) !== kindOf(first));
  const kind = other && kindOf(other);
  if (!other || !kind)
    return [nextAfter(first), ...titled.slice(1, 2).map(({ title }) => `Something like ${title}`)];
  const price = Number(other.attributes?.price);
  return [
    nextAfter(first),
    ...(price > 0 ? [`${kind} under ${Math.ceil(price / 10) * 10}`] : []),
    ...(other.brand ? [`${kind}, but not ${other.brand}`] : []),
  ];
}

function nextAfter({ title }: ItemCard): string {
  return `I just bought ${title}, what next?`;
}

/** `Poop bags` of "MeowCo Poop Bags 120 pcs"; the category where no brand begins the title. */
function kindOf({ title, brand, categories = [] }: ItemCard): string | undefined {
  const isBranded = brand !== undefined && title.toLowerCase().startsWith(`${brand.toLowerCase()} `);
  const words = isBranded ? title.slice(brand.length + 1).match(/^[\p{L}-]+( [\p{L}-]+)?/u)?.[0] : undefined;
  const kind = (words ?? categories.at(-1))?.toLowerCase();
  return kind && kind.charAt(0).toUpperCase() + kind.slice(1);
}
