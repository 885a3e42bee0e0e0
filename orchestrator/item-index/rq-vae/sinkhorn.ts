/**
 * Which code each row takes when all codes are to be used alike: the plan of optimal transport with entropy (Cuturi
 * 2013) between rows and codes, as LC-Rec assigns its last level. Distances [rows * codes] are brought to [-1, 1] by the
 * least and the greatest of them first. Returns, for each row, the code that gets most of it.
 */
export function sinkhornAssign(
  distances: Float32Array,
  rows: number,
  codes: number,
  { epsilon = 0.003, iterations = 50 } = {},
): Int32Array {
  const kernel = kernelOf(distances, rows, codes, epsilon);
  const columnScale = new Float64Array(codes).fill(1);
  const columnSums = new Float64Array(codes);
  for (let iteration = 0; iteration < iterations; iteration++) {
    columnSums.fill(0);
    for (let row = 0; row < rows; row++) {
      const start = row * codes;
      let sum = 0;
      for (let code = 0; code < codes; code++) sum += kernel[start + code] * columnScale[code];
      const scale = 1 / (rows * sum);
      for (let code = 0; code < codes; code++) columnSums[code] += kernel[start + code] * scale;
    }
    for (let code = 0; code < codes; code++)
      columnScale[code] = 1 / (codes * Math.max(columnSums[code], Number.MIN_VALUE));
  }
  return Int32Array.from({ length: rows }, (_, row) => {
    const start = row * codes;
    let best = 0;
    for (let code = 1; code < codes; code++)
      if (kernel[start + code] * columnScale[code] > kernel[start + best] * columnScale[best]) best = code;
    return best;
  });
}

/**
 * exp(-distance / epsilon). Each row is divided by its greatest entry, which the scaling of rows undoes, so that doubles
 * hold it: exponents of rows as they are would reach from -333 to 333.
 */
function kernelOf(distances: Float32Array, rows: number, codes: number, epsilon: number): Float64Array {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const distance of distances) {
    least = Math.min(least, distance);
    greatest = Math.max(greatest, distance);
  }
  const half = (greatest - least) / 2 + 1e-5;
  const kernel = new Float64Array(rows * codes);
  for (let row = 0; row < rows; row++) {
    const start = row * codes;
    let nearest = Number.POSITIVE_INFINITY;
    for (let code = 0; code < codes; code++) nearest = Math.min(nearest, distances[start + code]);
    for (let code = 0; code < codes; code++)
      kernel[start + code] = Math.exp((nearest - distances[start + code]) / (half * epsilon));
  }
  return kernel;
}
