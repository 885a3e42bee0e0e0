import type { Dataset } from '../dataset/types.ts';
import { int64From } from '../engine/int64.ts';
import { type CodeTrie, pathsOf } from '../item-index/trie.ts';

/** The digits of the items of training events, and the other legal digits at their places. */
export interface CodeDigits {
  levels: number;
  /** How many events there are. */
  events: number;
  /** [levels] ids of the tokens of an event's item */
  codeOf(event: number): Int32Array;
  /** [levels][digits] ids of the digits' tokens */
  codeTokens: readonly BigInt64Array[];
  /** The digit of the item of an event. */
  digitAt(event: number, level: number): number;
  /** Number of legal digits at `level`, after the digits of the event's item above it. */
  choices(event: number, level: number): number;
  /** These digits, smallest first. */
  choicesAt(event: number, level: number): Int32Array;
  /** Nodes [first, end) of depth `level + 1` in the trie: the children on the way to the event's item, one a choice. */
  children(event: number, level: number): [first: number, end: number];
}

export function codeDigits(
  { events }: Pick<Dataset, 'events'>,
  trie: CodeTrie,
  codeTokenIds: readonly (readonly number[])[],
): CodeDigits {
  const { levels, codes, starts, digits } = trie;
  const paths = pathsOf(trie);
  const children: CodeDigits['children'] = (event, level) => {
    const node = paths[level][events[event]];
    return [starts[level][node], starts[level][node + 1]];
  };
  const digitAt: CodeDigits['digitAt'] = (event, level) => codes[events[event] * levels + level];
  return {
    levels,
    events: events.length,
    codeOf: (event) => Int32Array.from(codeTokenIds, (ids, level) => ids[digitAt(event, level)]),
    codeTokens: codeTokenIds.map((ids) => int64From(ids)),
    digitAt,
    choices: (event, level) => {
      const [first, end] = children(event, level);
      return end - first;
    },
    choicesAt: (event, level) => digits[level].subarray(...children(event, level)),
    children,
  };
}
