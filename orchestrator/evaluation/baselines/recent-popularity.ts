import type { Dataset } from '../../dataset/types.ts';
import { popularityOf } from '../popularity.ts';
import { sparseBaseline } from './baseline.ts';

/** The same for everyone: what was bought most in the last days of the training events; then what was bought most. */
export const recentPopularity = sparseBaseline(
  'recent-popularity',
  ({ dataset, settings: { recent_days: days } }) => {
    const recent = recentCounts(dataset, days);
    if (!recent)
      return { leftOut: 'the dataset has no times (if the log has some, run again with --from dataset)' };
    const counts = popularityOf(dataset);
    const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
    return { score: () => {}, fallback: recent.map((count, item) => count + counts[item] / (most + 1)) };
  },
);

/** [items] training events in the last days before the latest of them; null without times. */
function recentCounts(
  { items, userIds, offsets, trainEnd, events, times }: Dataset,
  days: number,
): Float64Array | null {
  if (!times) return null;
  const each = function* () {
    for (let user = 0; user < userIds.length; user++)
      for (let at = offsets[user]; at < trainEnd[user]; at++) yield at;
  };
  let latest = Number.NEGATIVE_INFINITY;
  for (const at of each()) latest = Math.max(latest, times[at]);
  const from = latest - days * 86_400;
  const counts = new Float64Array(items.length);
  for (const at of each()) if (times[at] > from) counts[events[at]]++;
  return counts;
}
