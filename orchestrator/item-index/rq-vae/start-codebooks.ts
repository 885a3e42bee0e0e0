import { balancedKmeans, type Clustering } from '../../clustering/balanced-kmeans.ts';
import { boundedKmeans } from '../../clustering/bounded-kmeans.ts';
import { allDistances } from '../../clustering/distances.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import type { Random } from '../../shared/random.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { nearest } from './quantise.ts';
import type { RqVaeSettings } from './settings.ts';

export interface StartOptions {
  kind: RqVaeSettings['codebook_start'];
  /** Rows of the first batch that will be trained on. */
  firstBatch: Int32Array;
  levels: number;
  codes: number;
  /** The draws of a level. */
  random(level: number): Random;
  signal?: AbortSignal | undefined;
}

/**
 * Codes start at the centres of what they have to stand for: k-means on the residuals of the encoded points
 * [points, latent], level by level. Returns [levels] of [codes, latent].
 */
export async function startCodebooks(encoded: Matrix, options: StartOptions): Promise<Matrix[]> {
  const { kind, levels, codes, firstBatch } = options;
  // A codebook needs as many points as it has codes.
  const own = kind === 'first-batch' && firstBatch.length >= codes ? takeRows(encoded, firstBatch) : encoded;
  const residuals = createMatrix(own.rows, own.columns, own.data.slice());
  const codebooks: Matrix[] = [];
  for (let level = 0; level < levels; level++) {
    const { assignment, centroids } = await clusters(residuals, level, options);
    codebooks.push(centroids);
    const taken = kind === 'balanced' ? assignment : await nearestTo(residuals, centroids);
    for (let row = 0; row < residuals.rows; row++) {
      const code = rowOf(centroids, taken[row]);
      const residual = rowOf(residuals, row);
      for (let column = 0; column < code.length; column++) residual[column] -= code[column];
    }
  }
  return codebooks;
}

/** Bounds and iterations of the two published ways are those of their code. */
function clusters(
  residuals: Matrix,
  level: number,
  { kind, codes, random, signal }: StartOptions,
): Promise<Clustering> {
  const { rows } = residuals;
  if (kind === 'balanced') return balancedKmeans(residuals, codes, random(level), signal);
  if (kind === 'first-batch') {
    const free = { least: 1, most: rows, iterations: 100, restarts: 1 };
    return boundedKmeans(residuals, codes, free, random(level), signal);
  }
  const least = Math.max(1, Math.min(50, Math.floor(rows / (2 * codes))));
  const most = Math.max(4 * least, Math.ceil(rows / codes));
  return boundedKmeans(
    residuals,
    codes,
    { least, most, iterations: 10, restarts: 10 },
    random(level),
    signal,
  );
}

/** As in training, where nothing bounds how often a code is taken. */
async function nearestTo(residuals: Matrix, centroids: Matrix): Promise<Int32Array> {
  const distances = new Float32Array(residuals.rows * centroids.rows);
  await allDistances(residuals, centroids, distances);
  return nearest(distances, residuals.rows, centroids.rows);
}
