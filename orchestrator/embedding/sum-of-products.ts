/** So many pairs are added while a row of sums is at hand. */
const atOnce = 4;

/**
 * A' B: the sum over pairs of rows of all products of their numbers, [rows][columns]. `left`: [pairs][rows], `right`:
 * [pairs][columns]. Each sum is made in the order of the pairs.
 */
export function sumOfProducts(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  { rows, columns }: { rows: number; columns: number },
): Float64Array[] {
  const sums = Array.from({ length: rows }, () => new Float64Array(columns));
  const whole = left.length - (left.length % atOnce);
  for (let pair = 0; pair < whole; pair += atOnce) {
    const [a, b, c, d] = left.slice(pair, pair + atOnce);
    const [e, f, g, h] = right.slice(pair, pair + atOnce);
    for (let row = 0; row < rows; row++) {
      const own = sums[row];
      const [ofA, ofB, ofC, ofD] = [a[row], b[row], c[row], d[row]];
      for (let column = 0; column < columns; column++)
        own[column] = own[column] + ofA * e[column] + ofB * f[column] + ofC * g[column] + ofD * h[column];
    }
  }
  for (let pair = whole; pair < left.length; pair++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        sums[row][column] += left[pair][row] * right[pair][column];
  return sums;
}
