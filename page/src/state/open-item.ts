import { computed } from '@preact/signals';
import { linkTo, pushRoute, replaceRoute, route } from './route.ts';

/** Id of the item that is open above the view; null for none. */
export const openItem = computed(() => route.value.query.get('item'));

/** The address of an item, above the view where one is. */
export function linkToItem(id: string): string {
  return linkTo(route.value.path, withItem(id));
}

/**
 * Opens an item as a step that "back" takes back. The step knows how many steps the view lies behind it: none where the
 * first item was opened by its address.
 */
export function showItem(id: string): void {
  const isByAddress = openItem.value !== null && itemsBelow() === 0;
  pushRoute(route.value.path, withItem(id), { items: isByAddress ? 0 : itemsBelow() + 1 });
}

/** To the view, past all items that were opened from it. */
export function closeItem(): void {
  const steps = itemsBelow();
  const { item: _, ...query } = Object.fromEntries(route.value.query);
  if (steps > 0) window.history.go(-steps);
  else replaceRoute(route.value.path, query);
}

function withItem(id: string): Record<string, string> {
  return { ...Object.fromEntries(route.value.query), item: id };
}

function itemsBelow(): number {
  const items = openItem.value === null ? 0 : window.history.state?.items;
  return typeof items === 'number' ? items : 0;
}
