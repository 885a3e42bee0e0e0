import { itemIndexSettings } from '../../orchestrator/item-index/settings.ts';
import type { BuildItemIndexOptions, Paths } from '../../orchestrator/item-index/types.ts';
import { createMatrix, type Matrix } from '../../orchestrator/shared/matrix.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** Rows about `centres` random centres, small centres' clusters being larger than others. */
export function clusteredPoints(rows: number, columns: number, centres: number, seed: number): Matrix {
  const random = createRandom(seed, 'clustered');
  const means = Array.from({ length: centres * columns }, () => random.normal());
  const points = createMatrix(rows, columns);
  for (let row = 0; row < rows; row++) {
    const centre = Math.floor(centres * random.float() ** 2);
    for (let column = 0; column < columns; column++)
      points.data[row * columns + column] = means[centre * columns + column] + 0.4 * random.normal();
  }
  return points;
}

export const plainOptions: BuildItemIndexOptions = {
  ...itemIndexSettings.parse({ sources: ['semantic'] }),
  seed: 1,
};

/** Code of an item as text. */
export function codeOf({ levels, codes }: Paths, item: number, from = 0, to = levels): string {
  return codes.subarray(item * levels + from, item * levels + to).join(' ');
}

/** Number of different codes among digits [from, to). */
export function distinctCodes(paths: Paths, from = 0, to = paths.levels): number {
  const items = paths.codes.length / paths.levels;
  return new Set(Array.from({ length: items }, (_, item) => codeOf(paths, item, from, to))).size;
}

/** Squared distance to the mean of the own group, summed. */
export function withinGroups(points: Matrix, groupOf: (row: number) => string | number): number {
  const groups = new Map<string | number, number[]>();
  for (let row = 0; row < points.rows; row++) {
    const members = groups.get(groupOf(row));
    if (members) members.push(row);
    else groups.set(groupOf(row), [row]);
  }
  let sum = 0;
  for (const members of groups.values())
    for (let column = 0; column < points.columns; column++) {
      const values = members.map((row) => points.data[row * points.columns + column]);
      const mean = values.reduce((total, value) => total + value, 0) / values.length;
      for (const value of values) sum += (value - mean) ** 2;
    }
  return sum;
}
