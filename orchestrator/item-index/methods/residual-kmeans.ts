import { balancedKmeans } from '../../clustering/balanced-kmeans.ts';
import { createMatrix } from '../../shared/matrix.ts';
import { createRandom } from '../../shared/random.ts';
import type { IndexMethod } from '../types.ts';

/**
 * Residual k-means: the first digit is the nearest of k centroids of the points, the second that of what the first
 * leaves of them, and so on. All items share the centroids of a level, where a tree has its own below each node; so a
 * digit means the same everywhere, and paths need not be unique. It is RQ-VAE (Zeghidour et al. 2021) without its
 * network, at nearly the same quality as a code of items (cornac's and GRID's comparisons). Clusters are balanced.
 */
export const residualKmeans: IndexMethod = async (points, { shape, label, seed, report, signal }) => {
  const { branching, height } = shape;
  const { rows, columns } = points;
  const residuals = createMatrix(rows, columns);
  residuals.data.set(points.data);
  const codes = new Int32Array(rows * height);
  for (let level = 0; level < height; level++) {
    const random = createRandom(seed, 'item-index', 'residual', label, level);
    const { assignment, centroids } = await balancedKmeans(
      residuals,
      Math.min(branching, rows),
      random,
      signal,
    );
    for (let row = 0; row < rows; row++) {
      codes[row * height + level] = assignment[row];
      const centroid = assignment[row] * columns;
      for (let column = 0; column < columns; column++)
        residuals.data[row * columns + column] -= centroids.data[centroid + column];
    }
    report({ type: 'progress', label: `${label} index`, done: level + 1, total: height });
  }
  return { levels: height, codes };
};
