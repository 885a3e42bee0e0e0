import { allDistances } from '../../clustering/distances.ts';
import { createMatrix, type Matrix } from '../../shared/matrix.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { membersOf, prefixGroups } from '../prefix-groups.ts';
import { sinkhornAssign } from './sinkhorn.ts';

const repairRounds = 20;

/**
 * Codes [rows * levels] of encoded points, level by level: the nearest code of what the levels above leave, or, for the
 * last level with `spread`, one of a plan that uses all codes alike.
 */
export async function quantise(
  encoded: Matrix,
  codebooks: readonly Matrix[],
  { spread = false } = {},
): Promise<Int32Array> {
  const { rows, columns } = encoded;
  const levels = codebooks.length;
  const residuals = createMatrix(rows, columns, encoded.data.slice());
  const codes = new Int32Array(rows * levels);
  for (const [level, codebook] of codebooks.entries()) {
    const distances = new Float32Array(rows * codebook.rows);
    await allDistances(residuals, codebook, distances);
    const chosen =
      spread && level + 1 === levels
        ? sinkhornAssign(distances, rows, codebook.rows)
        : nearest(distances, rows, codebook.rows);
    for (let row = 0; row < rows; row++) {
      codes[row * levels + level] = chosen[row];
      for (let column = 0; column < columns; column++)
        residuals.data[row * columns + column] -= codebook.data[chosen[row] * columns + column];
    }
  }
  return codes;
}

/**
 * Points that share a whole code get new last digits, each group spread over the codes of the last level as LC-Rec does,
 * until all differ or `repairRounds` have passed. Changes `codes` in place.
 */
export async function repairCollisions(
  encoded: Matrix,
  codebooks: readonly Matrix[],
  codes: Int32Array,
): Promise<void> {
  const levels = codebooks.length;
  for (let round = 0; round < repairRounds; round++) {
    const groups = prefixGroups({ levels, codes }, 0, levels);
    if (groups.count === encoded.rows) return;
    const { members, starts } = membersOf(groups);
    for (let group = 0; group < groups.count; group++) {
      const own = members.subarray(starts[group], starts[group + 1]);
      if (own.length === 1) continue;
      const spread = await quantise(takeRows(encoded, own), codebooks, { spread: true });
      for (const [at, row] of own.entries())
        codes.set(spread.subarray(at * levels, (at + 1) * levels), row * levels);
    }
  }
}

/** [rows] the code with the least of the distances [rows * codes]. */
export function nearest(distances: Float32Array, rows: number, codes: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = row * codes;
    for (let at = row * codes + 1; at < (row + 1) * codes; at++)
      if (distances[at] < distances[best]) best = at;
    return best - row * codes;
  });
}
