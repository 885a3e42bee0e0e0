import { join } from 'node:path';
import { breakdownFile, readBreakdown } from '../evaluation/breakdown.ts';
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
  const { seen: own, by_target_frequency } = readBreakdown(path);
  if (!own) return [];
  return by_target_frequency
    .filter(({ cases }) => cases > 0)
    .map(({ label, cases, recall, recall_other = {} }) => ({
      label,
      cases,
      recall: Object.fromEntries(
        bothProtocols.flatMap((seen) => {
          const value = (seen === own ? recall : recall_other)[method];
          return typeof value === 'number' ? [[seen, value]] : [];
        }),
      ),
    }));
}
