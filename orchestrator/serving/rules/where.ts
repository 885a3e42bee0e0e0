import { createBoundedCache } from '../../prompts/bounded-cache.ts';
import type { Where } from '../contract/rules.ts';
import { checkField } from './check-field.ts';
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
  const numbers = (field: string) => {
    checkField(fields, field, `where.${name}`);
    return fields.numbers(field);
  };
  // A comparison with NaN, of an item without the number, never holds.
  const between = (field: string, { min = -Infinity, max = Infinity }: { min?: number; max?: number }) => {
    const own = numbers(field);
    return (item: number) => own[item] >= min && own[item] <= max;
  };
  if (name === 'price_min' && typeof condition === 'number') return between('price', { min: condition });
  if (name === 'price_max' && typeof condition === 'number') return between('price', { max: condition });
  if (name === 'in_stock' && typeof condition === 'boolean') {
    const stock = numbers('stock');
    return (item) => stock[item] > 0 === condition;
  }
  if (typeof condition === 'object' && !Array.isArray(condition)) return between(name, condition);
  checkField(fields, name, 'where');
  const fitting = new Set([condition].flat().flatMap((value) => fields.itemsWith(name, String(value))));
  return (item) => fitting.has(item);
}
