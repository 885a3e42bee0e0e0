import { meansOf } from '../clustering/balanced-kmeans.ts';
import { type Matrix, rowOf } from '../shared/matrix.ts';
import { createRandom } from '../shared/random.ts';
import { takeRows } from '../shared/take-rows.ts';
import { labelChildren } from './label-children.ts';
import { joinPaths } from './paths.ts';
import { groupSizes, membersOf, prefixGroups } from './prefix-groups.ts';
import type { Paths } from './types.ts';

/**
 * Where several items share a path, one more digit tells them apart; it is handed out by what sets an item off from
 * those it shares the path with (`labelChildren`). The new level has at least `digits` digits to choose from.
 * Paths that are unique come back as they are.
 */
export async function makeUnique(
  paths: Paths,
  points: Matrix,
  digits: number,
  seed: number,
  signal?: AbortSignal,
): Promise<Paths> {
  const groups = prefixGroups(paths, 0, paths.levels);
  if (groups.count === points.rows) return paths;
  const { members, starts } = membersOf(groups);
  const residuals = takeRows(points, members);
  const centres = meansOf(points, groups.groups, groups.count);
  for (let at = 0; at < members.length; at++) {
    const residual = rowOf(residuals, at);
    const centre = rowOf(centres, groups.groups[members[at]]);
    for (let column = 0; column < residual.length; column++) residual[column] -= centre[column];
  }
  const largest = groupSizes(groups).reduce((most, size) => Math.max(most, size), 0);
  const random = createRandom(seed, 'item-index', 'unique');
  const labels = await labelChildren(residuals, starts, Math.max(largest, digits), random, signal);
  const codes = new Int32Array(members.length);
  for (let at = 0; at < members.length; at++) codes[members[at]] = labels[at];
  return joinPaths([paths, { levels: 1, codes }]);
}

/**
 * One more digit that is, as far as `digits` go, an item's own: items in the order of their paths take the digits
 * round and round, so that those of one path never share one. Where a path has few items the digit is forced in
 * decoding and costs nothing there; as an input it tells the model which item of a cluster it reads.
 */
export function addIdentityDigit(paths: Paths, digits: number): Paths {
  const { members, starts } = membersOf(prefixGroups(paths, 0, paths.levels));
  let largest = 0;
  for (let group = 1; group < starts.length; group++)
    largest = Math.max(largest, starts[group] - starts[group - 1]);
  const codes = new Int32Array(members.length);
  for (let at = 0; at < members.length; at++) codes[members[at]] = at % Math.max(digits, largest);
  return joinPaths([paths, { levels: 1, codes }]);
}
