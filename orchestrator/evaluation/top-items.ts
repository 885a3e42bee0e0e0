import { comesBefore } from '../shared/rank-of-target.ts';

/** The `count` best items (fewer where the rest is excluded or scored -Infinity), best first, ties by item number. */
export function topItems(
  scores: Float32Array,
  count: number,
  exclude: ReadonlySet<number> = new Set(),
): number[] {
  const best: number[] = [];
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (best.length === count && !comesBefore(score, item, scores[best[count - 1]], best[count - 1]))
      continue;
    if (score === Number.NEGATIVE_INFINITY || exclude.has(item)) continue;
    let at = best.length;
    while (at > 0 && comesBefore(score, item, scores[best[at - 1]], best[at - 1])) at--;
    best.splice(at, 0, item);
    if (best.length > count) best.pop();
  }
  return best;
}
