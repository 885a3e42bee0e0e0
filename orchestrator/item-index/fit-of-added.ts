import { meansOf } from '../clustering/balanced-kmeans.ts';
import { distances } from '../clustering/distances.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { groupSizes, prefixGroups } from './prefix-groups.ts';
import { fitPreparation, preparePoints } from './prepare-points.ts';
import type { ItemIndex } from './types.ts';

export interface FitOfAdded {
  /** The distance to their own cluster that 99 of 100 old items stay below. */
  usual: number;
  /** [added] squared distance of each new item to the nearest cluster; from 0 to 4. */
  distances: Float32Array;
  /** Places among the new items of those beyond the usual, the worst first. */
  bad: number[];
}

const usualShare = 0.99;

/**
 * How well new items fit into the clusters of old ones: the distance to the nearest centre, against the distances of old
 * items to the centre of the others in their cluster (their own part in it would flatter them). Clusters are the items
 * that share the digits of levels [from, to). `old` [old items, d], `added` [new items, d].
 */
export function fitOfAdded(
  index: Pick<ItemIndex, 'levels' | 'codes'>,
  { from, to }: { from: number; to: number },
  old: Matrix,
  added: Matrix,
): FitOfAdded {
  const preparation = fitPreparation(old);
  const points = preparePoints(old, preparation);
  const { groups, count } = prefixGroups(
    { levels: index.levels, codes: index.codes.subarray(0, old.rows * index.levels) },
    from,
    to,
  );
  const centres = meansOf(points, groups, count);
  const sizes = groupSizes({ groups, count });
  const own: number[] = [];
  for (let item = 0; item < points.rows; item++) {
    const size = sizes[groups[item]];
    if (size > 1) own.push(distance(rowOf(points, item), rowOf(centres, groups[item]), size / (size - 1)));
  }
  own.sort((a, b) => a - b);
  // With a cluster for each item there is nothing to compare with.
  const usual = own[Math.floor(usualShare * (own.length - 1))] ?? Number.POSITIVE_INFINITY;
  const others = preparePoints(added, preparation);
  const costs = new Float32Array(count);
  const nearest = Float32Array.from({ length: added.rows }, (_, item) => {
    distances(createMatrix(1, others.columns, rowOf(others, item)), centres, costs);
    return costs.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  });
  const bad = [...nearest.keys()].filter(
    (item) => nearest[item] > usual || rowOf(added, item).every((value) => value === 0),
  );
  return { usual, distances: nearest, bad: bad.sort((a, b) => nearest[b] - nearest[a]) };
}

/** Squared, of a point to a centre; `factor` takes the point's own part out of the centre. */
function distance(point: Float32Array, centre: Float32Array, factor: number): number {
  let sum = 0;
  for (let at = 0; at < point.length; at++) sum += (factor * (point[at] - centre[at])) ** 2;
  return sum;
}
