import { createBoundedCache } from '../../prompts/bounded-cache.ts';
import { UserError } from '../../shared/errors.ts';
import type { Boost } from '../contract/rules.ts';
import { checkField } from './check-field.ts';
import type { ItemFields } from './item-fields.ts';

/** Items whose probability counts several times, by how often. */
export interface BoostedItems {
  factor: number;
  items: ReadonlySet<number>;
}

/** Each factor takes a search of its own. */
const mostFactors = 12;
const mostKept = 50;

/**
 * Which items a boost reaches: where several of its conditions hold, their factors are multiplied. Items that none reaches
 * are left out. Throws a UserError for an attribute that no item has, or where there are more different factors than can
 * be searched for.
 */
export function createBoosts(fields: ItemFields): (boost: Boost) => BoostedItems[] {
  const kept = createBoundedCache<string, BoostedItems[]>(mostKept);
  return (boost) => kept.get(JSON.stringify(boost), () => boostedItems(boost, fields));
}

function boostedItems(boost: Boost, fields: ItemFields): BoostedItems[] {
  const factors = new Map<number, number>();
  for (const [field, byValue] of Object.entries(boost)) {
    checkField(fields, field, 'boost');
    for (const [value, factor] of Object.entries(byValue))
      for (const item of fields.itemsWith(field, value)) factors.set(item, (factors.get(item) ?? 1) * factor);
  }
  const byFactor = new Map<number, Set<number>>();
  for (const [item, product] of factors) {
    // 1.2 x 1.5 and 1.5 x 1.2 are one factor.
    const factor = Number(product.toPrecision(12));
    const own = byFactor.get(factor) ?? new Set();
    byFactor.set(factor, own.add(item));
  }
  byFactor.delete(1);
  if (byFactor.size > mostFactors)
    throw new UserError(
      'serving/too-many-boosts',
      `boost: its conditions overlap to ${byFactor.size} different factors; at most ${mostFactors} can be searched for`,
      { remedy: 'Give fewer conditions, or some of them the same factor.' },
    );
  return [...byFactor].map(([factor, items]) => ({ factor, items }));
}
