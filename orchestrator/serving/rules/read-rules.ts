import type { Boost, Diversity, Where } from '../contract/rules.ts';
import { type BoostedItems, createBoosts } from './boosts.ts';
import { type Spread, spreadOf } from './diversity.ts';
import type { ItemFields } from './item-fields.ts';
import type { ItemsWhere } from './where.ts';

/** What an answer says where no item fulfils the conditions. */
export const nothingFits = 'no item fulfils the conditions of where';

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
export function createRules(fields: ItemFields, itemsWhere: ItemsWhere): (asked: AskedRules) => Rules {
  const boosts = createBoosts(fields);
  return ({ where, boost, diversity }) => ({
    allowed: where ? itemsWhere(where) : null,
    boosted: boost ? boosts(boost) : [],
    spread: diversity ? spreadOf(diversity, fields) : null,
  });
}
