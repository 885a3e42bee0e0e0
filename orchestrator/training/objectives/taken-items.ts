import type { Example } from '../../shared/example.ts';
import type { Random } from '../../shared/random.ts';
import { firstLearned } from './objective.ts';

/** An item that was taken: the row of its example, and where in its target the item's code begins. */
export interface Taken {
  row: number;
  start: number;
}

/** One learned item of each example that has any, drawn; the same for the same draws. */
export function takenIn(examples: readonly Example[], levels: number, random: Random): Taken[] {
  return examples.flatMap((example, row) => {
    const starts = codesOf(example, levels);
    return starts.length > 0 ? [{ row, start: starts[random.integer(starts.length)] }] : [];
  });
}

export function hasTaken(example: Example, levels: number): boolean {
  return codesOf(example, levels).length > 0;
}

/** The code that was taken. */
export function codeAt({ target }: Example, start: number, levels: number): Int32Array {
  return target.subarray(start, start + levels);
}

/** All that stands before the place of an item: what a model is asked with. */
export function promptBefore({ source, target }: Example, start: number): Int32Array {
  return Int32Array.of(...source, ...target.subarray(0, start));
}

/** The example up to that place with another code there; nothing of it is learned by its tokens. */
export function withCode({ task, source, target }: Example, start: number, code: Int32Array): Example {
  const changed = Int32Array.of(...target.subarray(0, start), ...code);
  return { task, source, target: changed, weights: new Float32Array(changed.length), summaries: [] };
}

export function isSameCode(a: Int32Array, b: Int32Array): boolean {
  return a.every((token, level) => token === b[level]);
}

/** Where the codes of learned items begin that something stands before. */
function codesOf(example: Example, levels: number): number[] {
  return example.summaries
    .map(({ position }) => position - levels + 1)
    .filter((start) => start >= firstLearned(example));
}
