/** [65,536] the value of every half-precision float (IEEE 754 binary16) by its bits. */
export const float16Values = Float32Array.from({ length: 0x10000 }, (_, bits) => valueOfBits(bits));

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The bits of the half-precision float nearest to a value in [0, 65,504]; halves between two go to the even one. */
export function float16Bits(value: number): number {
  // Below the smallest normal half the steps are all of one size.
  if (value < 2 ** -14) return roundToEven(value * 2 ** 24);
  single[0] = value;
  return roundToEven((singleBits[0] - (112 << 23)) / 2 ** 13);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

function valueOfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
