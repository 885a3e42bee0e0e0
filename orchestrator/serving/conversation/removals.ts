import type { Intent, Part, Turn } from '../../understanding/index.ts';
import type { ChatState } from '../contract/chat-completions.ts';

/** Parts of what was understood that a person took away. */
export interface Removals {
  /** Keys that hold for all that is said. */
  always: readonly string[];
  /** Keys that were taken away after a turn, the first is 1: what is said later counts anew. */
  after(turn: number): readonly string[];
}

export function readRemovals(removed: ChatState['removed'] = []): Removals {
  const byTurn = new Map<number, string[]>();
  for (const each of removed)
    if (typeof each === 'object') byTurn.set(each.turn, [...(byTurn.get(each.turn) ?? []), each.key]);
  return {
    always: removed.filter((each) => typeof each === 'string'),
    after: (turn) => byTurn.get(turn) ?? [],
  };
}

/** Keys that were taken away, of what nobody has said anew since: no language model may bring them back. */
export function stillRemoved(turns: readonly Turn[], read: Intent, partsOf: (intent: Intent) => Part[]) {
  const anew = new Set(partsOf(read).map(({ key }) => key));
  return turns.flatMap(({ removed = [] }) => removed).filter((key) => !anew.has(key));
}
