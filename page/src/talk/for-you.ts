import { computed, signal } from '@preact/signals';
import { route } from '../state/route.ts';
import { began, turns } from './memory.ts';
import type { ShownList } from './turn.ts';

/** What the shop shows without being asked: the run's own list, and ids of what the customer had when it was made. */
export interface ForYouList extends ShownList {
  had: readonly string[];
  /** The beginning that it belongs to. */
  began: typeof began.value;
}

/** What was made last. */
export const madeForYou = signal<ForYouList | null>(null);
/** Null before there is one: that of another customer, or from before one began anew, is none. */
export const forYou = computed(() => (madeForYou.value?.began === began.value ? madeForYou.value : null));

/** The list that recommends an item: in the shop its own, where one is in it, else the latest answer that has it. */
export function listWith(id: string): ShownList | undefined {
  const answers = turns.value.toReversed();
  const lists = route.value.path[0] === 'ask' ? [...answers, forYou.value] : [forYou.value, ...answers];
  return lists.find((list) => list?.items.some(({ item_id }) => item_id === id)) ?? undefined;
}
