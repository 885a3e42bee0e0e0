/** log of the sum of exp of all values, without overflow. */
export function logOfSum(values: Float32Array | Float64Array): number {
  let highest = -Infinity;
  for (const value of values) if (value > highest) highest = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - highest);
  return highest + Math.log(sum);
}
