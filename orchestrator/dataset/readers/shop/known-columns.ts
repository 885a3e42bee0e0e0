import type { ColumnName } from '../../settings.ts';
import type { WantedColumn } from '../choose-columns.ts';
import type { KnownNames } from './shop-format.ts';

/**
 * The columns of a shop's export: as the recipe names them, else those of their usual names that are there. One of each
 * group in `needed` has to be there; the first is asked for where none is.
 */
export function knownColumns<Field extends string>(
  known: KnownNames<Field>,
  own: Partial<Record<NoInfer<Field>, { name: ColumnName | null; key: string }>>,
  needed: readonly NoInfer<Field>[][],
  names: readonly string[],
): Record<Field, WantedColumn> {
  const find = (field: Field): string | null => {
    for (const usual of known[field]) {
      const found = names.find((name) => name.toLowerCase() === usual.toLowerCase());
      if (found !== undefined) return found;
    }
    return null;
  };
  const fields = Object.keys(known) as Field[];
  const chosen = Object.fromEntries(
    fields.map((field) => [
      field,
      {
        name: own[field]?.name ?? find(field),
        key: own[field]?.key ?? `the usual names: ${known[field].join(', ')}`,
      },
    ]),
  ) as Record<Field, WantedColumn>;
  for (const group of needed)
    if (group.every((field) => chosen[field].name === null))
      chosen[group[0]] = { ...chosen[group[0]], name: known[group[0]][0] };
  return chosen;
}
