import type { Item } from '../../dataset/types.ts';
import { titleOf } from '../../prompts/item-text.ts';
import { limits } from '../contract/limits.ts';
import type { Pieces } from '../made-once.ts';
import { aside } from './answer-lines.ts';

/** Ids of the items that the numbered lines of an earlier answer name, in order; nothing else in it counts. */
export type EarlierLists = (text: string) => string[];

const numbered = /^\s{0,3}\d{1,3}\. (.+)$/;

/** Titles are exact; of several items with one title, the first is meant. */
export function* readEarlierLists(items: readonly Item[]): Pieces<EarlierLists> {
  const byTitle = new Map<string, string>();
  for (const item of items) {
    const title = titleOf(item);
    if (!byTitle.has(title)) byTitle.set(title, item.item_id);
    yield;
  }
  const idOf = (line: string): string | undefined => {
    for (let rest = line.trim(); ; rest = rest.slice(0, rest.lastIndexOf(aside))) {
      const id = byTitle.get(rest);
      if (id !== undefined || !rest.includes(aside)) return id;
    }
  };
  return (text) => {
    const ids: string[] = [];
    for (const line of text.split('\n')) {
      const id = idOf(numbered.exec(line)?.[1] ?? '');
      if (id !== undefined && ids.length < limits.items) ids.push(id);
    }
    return ids;
  };
}
