import { frozen } from './graph.ts';
import { blockSize, blocksOf, dequantize, type Quantized, quantize } from './quantize.ts';
import type { QuantizationBits, QuantizedMatrix } from './types.ts';

/**
 * Frozen leaves of a matrix [rows, columns] in `bits`. Its transpose is that of the rounded matrix, in 8 bits: blocks
 * run along the other axis there, so that it has to be rounded once more, and by less.
 */
export function quantizedMatrix(
  name: string,
  [rows, columns]: readonly [number, number],
  bits: QuantizationBits,
  load: () => Float32Array,
): QuantizedMatrix {
  const whole = once(() => quantize(load(), rows, columns, bits));
  const turned = (): Float32Array => transpose(dequantize(whole(), rows, columns, bits), rows, columns);
  let other: QuantizedMatrix | undefined;
  const blocks = blocksOf(columns);
  const matrix: QuantizedMatrix = {
    rows,
    columns,
    bits,
    packed: frozen(`${name}.packed`, [rows, blocks, (blockSize * bits) / 8], () => whole().packed, 'uint8'),
    scales: frozen(`${name}.scales`, [rows * blocks], () => whole().scales),
    transposed() {
      other ??= {
        ...quantizedMatrix(`${name}.transposed`, [columns, rows], 8, turned),
        transposed: () => matrix,
      };
      return other;
    },
  };
  return matrix;
}

function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column];
  return turned;
}

/** Leaves that are loaded one by one share one result. */
function once(make: () => Quantized): () => Quantized {
  let made: Quantized | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
