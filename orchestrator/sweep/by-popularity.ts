import { join } from 'node:path';
import { breakdownFile, readBreakdown, recallUnder } from '../evaluation/breakdown.ts';
import { bothProtocols, type Seen } from '../evaluation/seen-items.ts';
import { checkIntact } from '../runs/check-intact.ts';
import { isThere } from '../storage/is-there.ts';

/** Cases whose target stands equally often in the training log. */
export interface PopularityGroup {
  /** `5 to 9`: how often. */
  label: string;
  cases: number;
  /** recall at the largest cutoff, of the run's own recommender. */
  recall: Partial<Record<Seen, number>>;
}

/** Those of an evaluation that have cases, the rarest first; none in results that do not tell both protocols apart. */
export function byPopularity(evaluation: string, method: string): PopularityGroup[] {
  const path = join(evaluation, breakdownFile);
  if (!isThere(path)) return [];
  checkIntact(evaluation, [breakdownFile]);
  const breakdown = readBreakdown(path);
  if (!breakdown.seen) return [];
  return breakdown.by_target_frequency
    .filter(({ cases }) => cases > 0)
    .map((group) => ({
      label: group.label,
      cases: group.cases,
      recall: Object.fromEntries(
        bothProtocols.flatMap((seen) => {
          const value = recallUnder(seen, group, breakdown)?.[method];
          return typeof value === 'number' ? [[seen, value]] : [];
        }),
      ),
    }));
}
