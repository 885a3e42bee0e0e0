/** A sparse matrix by compressed rows: row `r` holds `values[k]` at column `columnOf[k]` for k in [rowStart[r], rowStart[r + 1]). */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1] */
  readonly rowStart: Int32Array;
  readonly columnOf: Int32Array;
  readonly values: Float64Array;
}

/** A x: [columns] -> [rows]. */
export function multiply(matrix: SparseMatrix, x: Float64Array): Float64Array {
  const result = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) result[row] = multiplyRow(matrix, row, x);
  return result;
}

/** A' x: [rows] -> [columns]. */
export function multiplyTransposed(matrix: SparseMatrix, x: Float64Array): Float64Array {
  const result = new Float64Array(matrix.columns);
  for (let row = 0; row < matrix.rows; row++) addRow(matrix, row, x[row], result);
  return result;
}

/** Row `row` of A times `x`: [columns]. */
export function multiplyRow(
  { rowStart, columnOf, values }: SparseMatrix,
  row: number,
  x: Float64Array,
): number {
  let sum = 0;
  for (let at = rowStart[row]; at < rowStart[row + 1]; at++) sum += values[at] * x[columnOf[at]];
  return sum;
}

/** Adds row `row` of A, `factor` times, to `sum`: [columns]. */
export function addRow(
  { rowStart, columnOf, values }: SparseMatrix,
  row: number,
  factor: number,
  sum: Float64Array,
): void {
  for (let at = rowStart[row]; at < rowStart[row + 1]; at++) sum[columnOf[at]] += factor * values[at];
}

/** Sets `sum`, [columns], to 0 where row `row` of A has a value. */
export function clearRow({ rowStart, columnOf }: SparseMatrix, row: number, sum: Float64Array): void {
  for (let at = rowStart[row]; at < rowStart[row + 1]; at++) sum[columnOf[at]] = 0;
}
