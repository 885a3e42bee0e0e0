import { createBreathe } from '../shared/breathe.ts';
import { rowsAtOnce } from '../shared/rows-at-once.ts';

export interface ScoreHistoriesOptions {
  /** Scores of all items behind each history, [histories x items]. */
  score(histories: readonly Int32Array[]): Promise<Float32Array>;
  items: number;
}

/**
 * What `use` makes of the scores [items] behind each history, which it must not keep. A history that is given several
 * times, the same array, is scored once.
 */
export async function scoreHistories<T>(
  histories: readonly Int32Array[],
  { score, items }: ScoreHistoriesOptions,
  use: (scores: Float32Array, at: number) => T,
): Promise<T[]> {
  const atOnce = rowsAtOnce(items);
  const distinct = [...new Set(histories)];
  const made = new Array<T>(histories.length);
  const breathe = createBreathe();
  for (let start = 0; start < distinct.length; start += atOnce) {
    const own = distinct.slice(start, start + atOnce);
    const scores = await score(own);
    const rowOf = new Map(own.map((history, row) => [history, row]));
    for (const [at, history] of histories.entries()) {
      const row = rowOf.get(history);
      if (row === undefined) continue;
      made[at] = use(scores.subarray(row * items, (row + 1) * items), at);
      await breathe();
    }
  }
  return made;
}
