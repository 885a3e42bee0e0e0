import type { Random } from '../shared/random.ts';

/** Rates of dropout are multiples of 1/256: one random byte decides on one value. */
export function quantiseRate(rate: number): number {
  return Math.round(rate * 256) / 256;
}

let words = new Uint32Array(0);

/**
 * Draws the factors that `dropout` multiplies by: 0 with probability `rate`, else 1 / (1 - rate), so that the mean
 * stays. They are drawn here and fed to the graph, not drawn inside it, so that a resumed run drops the same.
 */
export function fillKeepFactors(target: Float32Array, rate: number, random: Random): void {
  const threshold = Math.round(rate * 256);
  const factors = Float32Array.from({ length: 256 }, (_, byte) =>
    byte < threshold ? 0 : 256 / (256 - threshold),
  );
  const count = Math.ceil(target.length / 4);
  if (words.length < count) words = new Uint32Array(Math.ceil(count * 1.25));
  random.fill(words.subarray(0, count));
  const bytes = new Uint8Array(words.buffer);
  for (let at = 0; at < target.length; at++) target[at] = factors[bytes[at]];
}

/**
 * Factors for all sites of a run from one draw of twice the largest site: each site looks at it from a place of its own,
 * so that a decoder of four layers needs a quarter of the draws. The views hold until the next call.
 */
export function createKeepFactors(
  rate: number,
): (sizes: readonly number[], random: Random) => Float32Array[] {
  let drawn = new Float32Array(0);
  return (sizes, random) => {
    const count = 2 * Math.max(...sizes);
    if (drawn.length < count) drawn = new Float32Array(Math.ceil(count * 1.25));
    fillKeepFactors(drawn.subarray(0, count), rate, random);
    return sizes.map((size) => {
      const from = random.integer(count - size + 1);
      return drawn.subarray(from, from + size);
    });
  };
}
