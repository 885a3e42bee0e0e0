import type { Item } from '../../orchestrator/dataset/types.ts';

/** An item of a little shop; what is not given is empty. */
export const item = (
  item_id: string,
  title: string,
  categories: string[],
  more: Partial<Item> = {},
): Item => ({
  item_id,
  title,
  categories,
  description: '',
  brand: '',
  keywords: [],
  ...more,
});
