import type { QuantizationBits } from './types.ts';

/** Weights that share a scale. */
export const blockSize = 32;
export const blocksOf = (columns: number): number => Math.ceil(columns / blockSize);
/** What stands for a weight of 0. */
const zeroPoint = (bits: QuantizationBits): number => 2 ** (bits - 1);

export interface Quantized {
  packed: Uint8Array;
  scales: Float32Array;
}

/** Rounds a matrix [rows, columns]; the largest weight of each block keeps its size. */
export function quantize(
  values: Float32Array,
  rows: number,
  columns: number,
  bits: QuantizationBits,
): Quantized {
  const blocks = blocksOf(columns);
  const zero = zeroPoint(bits);
  const perByte = 8 / bits;
  // A place beyond the last column holds the zero point.
  const packed = new Uint8Array((rows * blocks * blockSize) / perByte).fill(bits === 8 ? zero : zero * 17);
  const scales = new Float32Array(rows * blocks);
  for (let block = 0; block < scales.length; block++) {
    const start = Math.floor(block / blocks) * columns + (block % blocks) * blockSize;
    const length = Math.min(blockSize, columns - (block % blocks) * blockSize);
    let largest = 0;
    for (let at = start; at < start + length; at++) largest = Math.max(largest, Math.abs(values[at]));
    scales[block] = largest / (zero - 1);
    if (largest === 0) continue;
    for (let at = 0; at < length; at++) {
      const level = Math.round(values[start + at] / scales[block]) + zero;
      const to = block * blockSize + at;
      if (bits === 8) packed[to] = level;
      // The first of two stands in the low half of the byte.
      else
        packed[to >> 1] =
          to % 2 === 0 ? (packed[to >> 1] & 0xf0) | level : (packed[to >> 1] & 0x0f) | (level << 4);
    }
  }
  return { packed, scales };
}

export function dequantize(
  { packed, scales }: Quantized,
  rows: number,
  columns: number,
  bits: QuantizationBits,
): Float32Array {
  const blocks = blocksOf(columns);
  const zero = zeroPoint(bits);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const block = row * blocks + Math.floor(column / blockSize);
      const at = block * blockSize + (column % blockSize);
      const level = bits === 8 ? packed[at] : (packed[at >> 1] >> (4 * (at % 2))) & 15;
      values[row * columns + column] = scales[block] * (level - zero);
    }
  return values;
}
