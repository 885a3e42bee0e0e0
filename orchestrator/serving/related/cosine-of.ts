import { type Matrix, rowOf } from '../../shared/matrix.ts';

/** Cosine of two rows; 0 where one is empty. */
export function cosineOf(matrix: Matrix, a: number, b: number): number {
  const [left, right] = [rowOf(matrix, a), rowOf(matrix, b)];
  let dot = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (let column = 0; column < left.length; column++) {
    dot += left[column] * right[column];
    leftSquare += left[column] ** 2;
    rightSquare += right[column] ** 2;
  }
  const product = Math.sqrt(leftSquare * rightSquare);
  return product > 0 ? dot / product : 0;
}
