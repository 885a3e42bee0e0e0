import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';

/** How rows are brought into the space in which they are clustered. */
export interface Preparation {
  /** [columns] */
  mean: Float64Array;
  /** Rows whose distance from the mean is below this are put on the origin. */
  smallest: number;
}

/**
 * Centred, then of unit length, so that squared distances are cosine distances. A norm says how popular an item is
 * (behaviour) or how long its text (semantic), and the common part of all rows says nothing; neither should make clusters.
 */
export function fitPreparation(points: Matrix): Preparation {
  const mean = new Float64Array(points.columns);
  let squares = 0;
  for (let row = 0; row < points.rows; row++) {
    const values = rowOf(points, row);
    for (let column = 0; column < points.columns; column++) {
      mean[column] += values[column] / points.rows;
      squares += values[column] ** 2 / points.rows;
    }
  }
  return { mean, smallest: 1e-6 * Math.sqrt(squares) };
}

/** [rows, columns] -> [rows, columns] */
export function preparePoints(points: Matrix, { mean, smallest }: Preparation): Matrix {
  const prepared = createMatrix(points.rows, points.columns);
  for (let row = 0; row < points.rows; row++) {
    const from = rowOf(points, row);
    const to = rowOf(prepared, row);
    let squares = 0;
    for (let column = 0; column < points.columns; column++) squares += (from[column] - mean[column]) ** 2;
    const norm = Math.sqrt(squares);
    if (norm <= smallest) continue;
    for (let column = 0; column < points.columns; column++) to[column] = (from[column] - mean[column]) / norm;
  }
  return prepared;
}

/** Prepared sources side by side, each scaled to the same total variance, so that neither outweighs the other. */
export function joinPoints(sources: readonly Matrix[]): Matrix {
  const [first] = sources;
  if (sources.length === 1) return first;
  const columns = sources.reduce((sum, source) => sum + source.columns, 0);
  const joined = createMatrix(first.rows, columns);
  let offset = 0;
  for (const source of sources) {
    const scale = 1 / Math.sqrt(totalVariance(source) || 1);
    for (let row = 0; row < source.rows; row++)
      for (let column = 0; column < source.columns; column++)
        joined.data[row * columns + offset + column] = source.data[row * source.columns + column] * scale;
    offset += source.columns;
  }
  return joined;
}

function totalVariance(points: Matrix): number {
  const { mean } = fitPreparation(points);
  let variance = 0;
  for (let row = 0; row < points.rows; row++)
    for (let column = 0; column < points.columns; column++)
      variance += (points.data[row * points.columns + column] - mean[column]) ** 2 / points.rows;
  return variance;
}
