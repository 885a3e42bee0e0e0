import { balancedKmeans, meansOf } from '../../clustering/balanced-kmeans.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { createRandom } from '../../shared/random.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { labelChildren } from '../label-children.ts';
import type { Paths, TreeGiven } from '../types.ts';

/** The nodes of one level: node n holds the points `members[starts[n] .. starts[n + 1])`. */
interface Level {
  members: Int32Array;
  starts: Int32Array;
}

/**
 * Balanced hierarchical k-means with exactly one point a leaf, without padding: every node splits into clusters whose
 * sizes differ by at most one, and the nodes above the leaves hand a place to each of their points. A node at depth t
 * has at most branching^(height - t) points, so that `height` digits are always enough.
 * Each level's children are numbered by `labelChildren`, so that digits of later levels have a meaning of their own.
 */
export async function buildBalancedTree(
  points: Matrix,
  { shape: { branching, height }, seed, label, report, signal }: TreeGiven,
): Promise<Paths> {
  const { rows } = points;
  const codes = new Int32Array(rows * height);
  let level: Level = {
    members: Int32Array.from({ length: rows }, (_, row) => row),
    starts: Int32Array.of(0, rows),
  };
  for (let depth = 0; depth < height; depth++) {
    const random = createRandom(seed, 'item-index', label, depth);
    const progress = (done: number) =>
      report({
        type: 'progress',
        label: `${label}: level ${depth + 1} of ${height}`,
        done,
        total: rows,
      });
    const children =
      depth === height - 1
        ? leavesOf(level)
        : await splitLevel(points, level, branching, random, progress, signal);
    const residuals = residualsOf(points, level, children);
    const digits = await labelChildren(residuals, children.childStarts, branching, random, signal);
    for (let child = 0; child < digits.length; child++)
      for (let at = children.starts[child]; at < children.starts[child + 1]; at++)
        codes[children.members[at] * height + depth] = digits[child];
    progress(rows);
    level = children;
  }
  return { levels: height, codes };
}

/** A level, and which of its nodes are the children of which node above: [childStarts[n], childStarts[n + 1]). */
interface ChildLevel extends Level {
  childStarts: Int32Array;
}

function leavesOf({ members, starts }: Level): ChildLevel {
  return {
    members,
    starts: Int32Array.from({ length: members.length + 1 }, (_, at) => at),
    childStarts: starts,
  };
}

async function splitLevel(
  points: Matrix,
  level: Level,
  branching: number,
  random: ReturnType<typeof createRandom>,
  progress: (done: number) => void,
  signal?: AbortSignal,
): Promise<ChildLevel> {
  const members = new Int32Array(level.members.length);
  const starts: number[] = [0];
  const childStarts: number[] = [0];
  for (let node = 0; node + 1 < level.starts.length; node++) {
    const from = level.starts[node];
    const own = level.members.subarray(from, level.starts[node + 1]);
    const clusters = Math.min(branching, own.length);
    const { assignment } = await balancedKmeans(takeRows(points, own), clusters, random, signal);
    const ends = new Int32Array(clusters);
    for (const cluster of assignment) ends[cluster]++;
    for (let cluster = 0, end = from; cluster < clusters; cluster++) {
      end += ends[cluster];
      starts.push(end);
      ends[cluster] = end;
    }
    for (let at = own.length - 1; at >= 0; at--) members[--ends[assignment[at]]] = own[at];
    childStarts.push(starts.length - 1);
    progress(level.starts[node + 1]);
  }
  return { members, starts: Int32Array.from(starts), childStarts: Int32Array.from(childStarts) };
}

/** [children, d] centre of each child minus centre of the node above it. */
function residualsOf(points: Matrix, level: Level, children: ChildLevel): Matrix {
  const centres = centresOf(points, level);
  const residuals = centresOf(points, children);
  for (let node = 0; node < centres.rows; node++)
    for (let child = children.childStarts[node]; child < children.childStarts[node + 1]; child++) {
      const residual = rowOf(residuals, child);
      const centre = rowOf(centres, node);
      for (let column = 0; column < residual.length; column++) residual[column] -= centre[column];
    }
  return residuals;
}

function centresOf(points: Matrix, { members, starts }: Level): Matrix {
  const groups = new Int32Array(points.rows);
  for (let node = 0; node + 1 < starts.length; node++)
    for (let at = starts[node]; at < starts[node + 1]; at++) groups[members[at]] = node;
  return points.rows === 0 ? createMatrix(0, points.columns) : meansOf(points, groups, starts.length - 1);
}
