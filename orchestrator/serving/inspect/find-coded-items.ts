import { createItemLinker, type ItemLinker } from '../link-items.ts';
import type { Catalogue } from './catalogue.ts';
import { type CodedItem, codedItem } from './explore-index.ts';

const linkers = new WeakMap<Catalogue, ItemLinker>();

/** Items by id or title, the closest first, with their codes. */
export function findCodedItems(catalogue: Catalogue, query: string, most = 12): CodedItem[] {
  const linker = linkers.get(catalogue) ?? createItemLinker(catalogue.items);
  linkers.set(catalogue, linker);
  const found = linker.find(query);
  const items = found === null ? linker.nearest(query, most) : [found];
  return items.map((item) => codedItem(catalogue, item));
}
