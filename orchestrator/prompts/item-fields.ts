import type { Dataset, Item } from '../dataset/types.ts';
import { descriptionOf, longestTitle, plainText, shorten } from './item-text.ts';

const fields = {
  title: ({ title }: Item) => title,
  description: descriptionOf,
  brand: ({ brand }: Item) => brand,
  /** The most special one. */
  category: ({ categories }: Item) => categories.at(-1) ?? '',
  categories: ({ categories }: Item) => categories.join(', '),
  keywords: ({ keywords }: Item) => keywords.join(', '),
  price: ({ attributes }: Item) => attributeText(attributes?.price),
};

export const itemFieldNames = Object.keys(fields);

const attributePattern = /^attribute\.(.+)$/;

/** `{brand}`, `{price}`, `{attribute.colour}`: whether a placeholder stands for something that an item says of itself. */
export function isItemField(name: string): boolean {
  return name in fields || attributePattern.test(name);
}

/** What an item has there, on one line; empty where it has nothing. */
export function fieldOf(item: Item, name: string): string {
  const attribute = attributePattern.exec(name)?.[1];
  const text =
    attribute === undefined
      ? fields[name as keyof typeof fields](item)
      : attributeText(item.attributes?.[attribute]);
  return shorten(plainText(text), longestTitle);
}

/** Whether an item has all of these. */
export function hasFields(
  { items }: Pick<Dataset, 'items'>,
  item: number,
  names: readonly string[],
): boolean {
  return names.every((name) => fieldOf(items[item], name) !== '');
}

function attributeText(value: NonNullable<Item['attributes']>[string] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}
