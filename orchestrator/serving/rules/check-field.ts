import { UserError } from '../../shared/errors.ts';
import { nearestName } from '../../shared/nearest-name.ts';
import type { ItemFields } from './item-fields.ts';

const mostNamed = 40;

/** Throws a UserError for a field that no item has, which names those that there are. */
export function checkField(fields: ItemFields, field: string, place: string): void {
  const names = fields.names();
  if (names.includes(field)) return;
  const near = nearestName(field, names);
  throw new UserError(
    'serving/unknown-attribute',
    `${place}: no item has the attribute ${JSON.stringify(field.slice(0, 100))}; there are ${names.slice(0, mostNamed).join(', ')}`,
    { remedy: near ? `Did you mean ${near}?` : 'Name one of them.' },
  );
}
