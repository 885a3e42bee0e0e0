import { createItemLinker, type ItemLinker } from '../link-items.ts';
import type { Catalogue } from './catalogue.ts';
import { type CodedItem, codedItem } from './explore-index.ts';

const linkers = new WeakMap<Catalogue, ItemLinker>();

/** Items for what was typed so far, best first, with their codes. */
export function findCodedItems(catalogue: Catalogue, query: string, most = 12): CodedItem[] {
  const linker = linkers.get(catalogue) ?? createItemLinker(catalogue.items);
  linkers.set(catalogue, linker);
  return linker.search(query, most).map(({ item }) => codedItem(catalogue, item));
}
