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
  const { rows, rowStart, columnOf, values } = matrix;
  const result = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = rowStart[row]; at < rowStart[row + 1]; at++) sum += values[at] * x[columnOf[at]];
    result[row] = sum;
  }
  return result;
}

/** A' x: [rows] -> [columns]. */
export function multiplyTransposed(matrix: SparseMatrix, x: Float64Array): Float64Array {
  const { rows, rowStart, columnOf, values } = matrix;
  const result = new Float64Array(matrix.columns);
  for (let row = 0; row < rows; row++) {
    const factor = x[row];
    for (let at = rowStart[row]; at < rowStart[row + 1]; at++) result[columnOf[at]] += values[at] * factor;
  }
  return result;
}
