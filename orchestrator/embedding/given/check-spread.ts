import { UserError } from '../../shared/errors.ts';
import { type Matrix, rowOf } from '../../shared/matrix.ts';
import type { Reporter } from '../../shared/reporter.ts';
import { namedIds } from './named-ids.ts';

/**
 * Refuses vectors that tell no item from another: all zero, or all equal. Some rows of zeros may be meant, as items
 * without a text have them, or those that nobody took; they are counted and named in a warning.
 */
export function checkSpread(vectors: Matrix, ids: readonly string[], path: string, report?: Reporter): void {
  const rows = Array.from({ length: vectors.rows }, (_, row) => rowOf(vectors, row));
  const zero = ids.filter((_, row) => rows[row].every((value) => value === 0));
  const isSame = rows.every((row) => row.every((value, at) => value === rows[0][at]));
  const problem =
    rows.length === 0
      ? null
      : zero.length === rows.length
        ? 'every vector is zero'
        : isSame && rows.length > 1
          ? `all ${rows.length} vectors are equal`
          : null;
  if (problem !== null)
    throw new UserError('embedding/given-vectors', `${problem}: they tell no item from another`, {
      place: path,
      remedy: 'Look at how the vectors were made, and write the file anew.',
    });
  if (zero.length > 0)
    report?.({
      type: 'warning',
      text: `the vectors of ${zero.length} of ${rows.length} items are zero, which says nothing of them: ${namedIds(zero)}`,
    });
}
