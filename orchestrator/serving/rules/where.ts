import { createBoundedCache } from '../../prompts/bounded-cache.ts';
import type { Where } from '../contract/rules.ts';
import { checkField } from './check-field.ts';
import { isWithinRange, itemsWithAny } from './field-predicates.ts';
import type { ItemFields } from './item-fields.ts';

/** The items that fulfil all conditions. Throws a UserError for an attribute that no item has. */
export type ItemsWhere = (where: Where) => ReadonlySet<number>;

type Condition = Exclude<Where[string], undefined>;
type Holds = (item: number) => boolean;

/** Shops ask with the same few conditions again and again. */
const mostKept = 50;

export function createWhere(fields: ItemFields): ItemsWhere {
  const kept = createBoundedCache<string, ReadonlySet<number>>(mostKept);
  return (where) =>
    kept.get(JSON.stringify(where), () => {
      const conditions = Object.entries(where).flatMap(([name, condition]) =>
        condition === undefined ? [] : [holdsFor(name, condition, fields)],
      );
      const items = new Set<number>();
      for (let item = 0; item < fields.size; item++)
        if (conditions.every((holds) => holds(item))) items.add(item);
      return items;
    });
}

function holdsFor(name: string, condition: Condition, fields: ItemFields): Holds {
  const between = (field: string, range: { min?: number; max?: number }) => {
    checkField(fields, field, `where.${name}`);
    return isWithinRange(fields, field, range);
  };
  if (name === 'price_min' && typeof condition === 'number') return between('price', { min: condition });
  if (name === 'price_max' && typeof condition === 'number') return between('price', { max: condition });
  if (name === 'in_stock' && typeof condition === 'boolean') {
    checkField(fields, 'stock', `where.${name}`);
    const stock = fields.numbers('stock');
    return (item) => stock[item] > 0 === condition;
  }
  if (typeof condition === 'object' && !Array.isArray(condition)) return between(name, condition);
  checkField(fields, name, 'where');
  const fitting = itemsWithAny(fields, name, [condition].flat().map(String));
  return (item) => fitting.has(item);
}
