/** Numbers that are held at once, at most: 64 MB. */
const mostNumbers = 2 ** 24;

/**
 * Rows with a number for each of all `items`, such as the scores behind a history, that are held at once: `most` of them,
 * fewer where the catalogue is large.
 */
export function rowsAtOnce(items: number, most = Number.POSITIVE_INFINITY): number {
  return Math.max(1, Math.min(most, Math.floor(mostNumbers / items)));
}
