import { UserError } from '../../shared/errors.ts';
import { nearestName } from '../../shared/nearest-name.ts';
import type { ColumnName } from '../settings.ts';

/** A column that a field needs: its name as asked for, and the recipe key that asks, for the error. */
export interface WantedColumn {
  /** Null when nothing is asked for: the field stays empty. A number counts the columns of a file without header. */
  name: ColumnName | null;
  key: string;
}

/** Checks that all wanted columns are in the file; all that are not are reported together, with the nearest name. */
export function chooseColumns(
  wanted: readonly WantedColumn[],
  names: readonly string[],
  path: string,
): (string | null)[] {
  const found = wanted.map(({ name }) => (name === null ? null : String(name)));
  const missing = wanted.filter((_, at) => found[at] !== null && !names.includes(found[at]));
  if (missing.length === 0) return found;
  const problems = missing.map(({ name, key }) => {
    const near = typeof name === 'string' ? nearestName(name, names) : undefined;
    return `${JSON.stringify(name)} (${key})${near ? `, did you mean ${JSON.stringify(near)}?` : ''}`;
  });
  throw new UserError('dataset/unknown-column', `has no column ${problems.join('; no column ')}`, {
    place: path,
    remedy: `The columns are: ${names.slice(0, 20).map(shortened).join(', ')}${names.length > 20 ? ', …' : ''}.`,
  });
}

/** For a message: nothing that a terminal obeys, and no whole document where a name was expected. */
function shortened(name: string): string {
  const plain = name.replace(/\p{Cc}/gu, ' ');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
