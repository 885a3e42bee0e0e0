import type { Item } from '../../dataset/types.ts';
import { titleOf } from '../../prompts/item-text.ts';
import { limits } from '../contract/limits.ts';
import type { Pieces } from '../made-once.ts';
import { aside } from './answer-lines.ts';

/** Ids of the items that the numbered lines of an earlier answer name, in order; nothing else in it counts. */
export type EarlierLists = (text: string) => string[];

const numbered = /^\s{0,3}\d{1,3}\. (.+)$/;
/** A title, and what is said about it; other lines are none of ours. */
const longestLine = 1000;
const mostLines = 300;
/** Price, "sold out", a reason, and what stands in a title itself. */
const mostAsides = 8;

/** Titles are exact; of several items with one title, the first is meant. */
export function* readEarlierLists(items: readonly Item[]): Pieces<EarlierLists> {
  const byTitle = new Map<string, string>();
  for (const item of items) {
    const title = titleOf(item);
    if (!byTitle.has(title)) byTitle.set(title, item.item_id);
    yield;
  }
  const idOf = (line: string): string | undefined => {
    let rest = line.trim();
    for (let left = mostAsides; left >= 0; left--) {
      const id = byTitle.get(rest);
      if (id !== undefined || !rest.includes(aside)) return id;
      rest = rest.slice(0, rest.lastIndexOf(aside));
    }
    return undefined;
  };
  return (text) => {
    const ids: string[] = [];
    for (const line of text.split('\n', mostLines)) {
      if (line.length > longestLine) continue;
      const id = idOf(numbered.exec(line)?.[1] ?? '');
      if (id !== undefined && ids.length < limits.items) ids.push(id);
    }
    return ids;
  };
}
