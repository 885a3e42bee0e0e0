/** Scores that are held at once, at most: 64 MB. */
const mostScores = 2 ** 24;

/** Histories whose scores of all `items` are held at once: `most` of them, fewer where the catalogue is large. */
export function historiesAtOnce(items: number, most = Number.POSITIVE_INFINITY): number {
  return Math.max(1, Math.min(most, Math.floor(mostScores / items)));
}
