import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { createRandom } from '../shared/random.ts';
import { digitIds, type VocabularyFile } from './vocabulary-file.ts';

/** Of the deviation of the siblings' rows: enough to tell new digits apart, too little to say anything. */
const noise = 0.1;

/**
 * Rows of the digits that a vocabulary has beyond `known` ids, [size - known, hidden]: the mean of the rows of the older
 * digits of their level, which are what the model expects there, and a little noise. `table` [ids, hidden].
 */
export function rowsOfNewDigits(
  file: VocabularyFile,
  known: number,
  table: Matrix,
  seed: number,
): Float32Array {
  const rows = createMatrix(file.size - known, table.columns);
  for (const [level, own] of file.item_codes.levels.entries()) {
    const ids = digitIds(own);
    const older = ids.filter((id) => id < known);
    const { mean, deviation } = spreadOf(table, older);
    for (const [digit, id] of ids.entries()) {
      if (id < known) continue;
      const random = createRandom(seed, 'new-digit', level, digit);
      const row = rowOf(rows, id - known);
      for (let at = 0; at < row.length; at++) row[at] = mean[at] + noise * deviation * random.normal();
    }
  }
  return rows.data;
}

function spreadOf(table: Matrix, ids: readonly number[]): { mean: Float64Array; deviation: number } {
  const mean = new Float64Array(table.columns);
  for (const id of ids) {
    const row = rowOf(table, id);
    for (let at = 0; at < row.length; at++) mean[at] += row[at] / ids.length;
  }
  let squares = 0;
  for (const id of ids) {
    const row = rowOf(table, id);
    for (let at = 0; at < row.length; at++) squares += (row[at] - mean[at]) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / (ids.length * table.columns)) };
}
