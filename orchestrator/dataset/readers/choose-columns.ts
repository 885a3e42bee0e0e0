import { UserError } from '../../shared/errors.ts';
import { nearestName } from '../../shared/nearest-name.ts';

/** A column that a field needs: its name as asked for, and the recipe key that asks, for the error. */
export interface WantedColumn {
  /** Null when nothing is asked for: the field stays empty. */
  name: string | null;
  key: string;
}

/** Checks that all wanted columns are in the file; all that are not are reported together, with the nearest name. */
export function chooseColumns(
  wanted: readonly WantedColumn[],
  names: readonly string[],
  path: string,
): (string | null)[] {
  const missing = wanted.filter(({ name }) => name !== null && !names.includes(name));
  if (missing.length === 0) return wanted.map(({ name }) => name);
  const problems = missing.map(({ name, key }) => {
    const near = nearestName(name ?? '', names);
    return `"${name}" (${key})${near ? `, did you mean "${near}"?` : ''}`;
  });
  throw new UserError('dataset/unknown-column', `has no column ${problems.join('; no column ')}`, {
    place: path,
    remedy: `The columns are: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
  });
}
