import { fnv1a } from '../shared/fnv.ts';

/**
 * How many of some values have the text of another one. Texts are made anew where they are compared, not kept: 8 bytes a value,
 * its hash and its place, tell which texts may be equal.
 */
export function countOfEqual<Value>(values: readonly Value[], textOf: (value: Value) => string): number {
  const placeBits = Math.ceil(Math.log2(values.length + 1));
  const places = 2 ** placeBits;
  const hashes = 2 ** Math.min(hashBits, doubleBits - placeBits);
  const keys = Float64Array.from(
    values,
    (value, place) => (fnv1a(textOf(value)) % hashes) * places + place,
  ).sort();
  const hashAt = (at: number) => Math.floor(keys[at] / places);
  let equal = 0;
  for (let from = 0, to = 0; from < keys.length; from = to) {
    while (to < keys.length && hashAt(to) === hashAt(from)) to++;
    if (to - from > 1)
      equal += equalIn(Array.from(keys.subarray(from, to), (key) => textOf(values[key % places])));
  }
  return equal;
}

function equalIn(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count > 1 ? count : 0), 0);
}

const hashBits = 32;
/** Of a whole number that a double holds exactly. */
const doubleBits = 53;
