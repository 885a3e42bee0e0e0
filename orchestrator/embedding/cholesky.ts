/** The lower L with L L' = a, of a symmetric, positive definite matrix [n][n]. */
export function choleskyOf(a: readonly Float64Array[]): Float64Array[] {
  const lower = a.map(({ length }) => new Float64Array(length));
  for (let row = 0; row < a.length; row++)
    for (let column = 0; column <= row; column++) {
      let sum = a[row][column];
      for (let at = 0; at < column; at++) sum -= lower[row][at] * lower[column][at];
      lower[row][column] = row === column ? Math.sqrt(sum) : sum / lower[column][column];
    }
  return lower;
}

/** The x with L L' x = b, [n][columns] both. */
export function solveCholesky(lower: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] {
  const x = b.map((row) => row.slice());
  const less = (row: number, other: number, factor: number) => {
    for (let column = 0; column < x[row].length; column++) x[row][column] -= factor * x[other][column];
  };
  const divide = (row: number) => {
    for (let column = 0; column < x[row].length; column++) x[row][column] /= lower[row][row];
  };
  for (let row = 0; row < x.length; row++) {
    for (let at = 0; at < row; at++) less(row, at, lower[row][at]);
    divide(row);
  }
  for (let row = x.length - 1; row >= 0; row--) {
    for (let at = row + 1; at < x.length; at++) less(row, at, lower[at][row]);
    divide(row);
  }
  return x;
}
