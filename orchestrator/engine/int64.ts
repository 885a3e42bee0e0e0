/** int64 data for the runtime from small whole numbers, without a BigInt for each (little-endian hosts). */
export function int64From(values: ArrayLike<number>, length = values.length): BigInt64Array {
  const result = new BigInt64Array(length);
  const words = new Int32Array(result.buffer);
  for (let at = 0; at < values.length; at++) {
    words[2 * at] = values[at];
    words[2 * at + 1] = values[at] < 0 ? -1 : 0;
  }
  return result;
}
