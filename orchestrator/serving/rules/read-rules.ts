import type { Boost, Diversity, Where } from '../contract/rules.ts';
import { type BoostedItems, createBoosts } from './boosts.ts';
import { type Spread, spreadOf } from './diversity.ts';
import type { ItemFields } from './item-fields.ts';
import { createWhere } from './where.ts';

/** The rules of a list, in item numbers. */
export interface Rules {
  /** Null for all items. */
  allowed: ReadonlySet<number> | null;
  boosted: readonly BoostedItems[];
  spread: Spread | null;
}

/** Rules as requests give them. */
export interface AskedRules {
  where?: Where | undefined;
  boost?: Boost | undefined;
  diversity?: Diversity | undefined;
}

/** Turns rules by names into rules by items. Throws a UserError for an attribute that no item has. */
export function createRules(fields: ItemFields): (asked: AskedRules) => Rules {
  const itemsWhere = createWhere(fields);
  const boosts = createBoosts(fields);
  return ({ where, boost, diversity }) => ({
    allowed: where ? itemsWhere(where) : null,
    boosted: boost ? boosts(boost) : [],
    spread: diversity ? spreadOf(diversity, fields) : null,
  });
}
