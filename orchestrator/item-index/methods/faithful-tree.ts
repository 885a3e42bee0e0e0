import { setImmediate as yieldToEvents } from 'node:timers/promises';
import { meansOf } from '../../clustering/balanced-kmeans.ts';
import { allDistances } from '../../clustering/distances.ts';
import { UserError } from '../../shared/errors.ts';
import type { Matrix } from '../../shared/matrix.ts';
import { createRandom, type Random, shuffle } from '../../shared/random.ts';
import { takeRows } from '../../shared/take-rows.ts';
import type { Paths, TreeGiven } from '../types.ts';

const maximalIterations = 100;
const maximalLeaves = 2 ** 20;

/**
 * The tree of the published code (EAGER, KDD 2024, as released): items are padded to branching^height leaves by drawing
 * some again; every node splits into equal parts, started from random equal groups; in each of at most 100 rounds the
 * clusters, in random order, take their quota of the points still free, those first that rank the cluster highest among
 * all clusters; the place within the last cluster is arbitrary. An item's code is its first leaf, so codes are unique.
 * Points are taken as they are given.
 */
export async function buildFaithfulTree(
  points: Matrix,
  { shape: { branching, height }, seed, label, report, signal }: TreeGiven,
): Promise<Paths> {
  const leaves = branching ** height;
  if (leaves > maximalLeaves)
    throw new UserError(
      'item-index/faithful-size',
      `the published way pads ${points.rows} items to ${branching}^${height} = ${leaves} leaves; expected at most ${maximalLeaves}`,
      { place: 'faithful', remedy: 'Set faithful: false, or a branching with fewer leaves in all.' },
    );
  const random = createRandom(seed, 'item-index', 'faithful', label);
  let slots = Int32Array.from({ length: leaves }, (_, leaf) =>
    leaf < points.rows ? leaf : random.integer(points.rows),
  );
  for (let depth = 0; depth < height - 1; depth++) {
    const size = branching ** (height - depth);
    const next = new Int32Array(leaves);
    for (let from = 0; from < leaves; from += size) {
      const progress = (iteration: number) =>
        report({
          type: 'progress',
          label: `${label}: level ${depth + 1} of ${height}`,
          done: Math.round(points.rows * ((from + (size * iteration) / maximalIterations) / leaves)),
          total: points.rows,
        });
      next.set(
        await splitEqually(points, slots.subarray(from, from + size), branching, random, progress, signal),
        from,
      );
    }
    slots = next;
  }
  return { levels: height, codes: firstLeaves(slots, points.rows, branching, height) };
}

/** Slots (item numbers, some repeated) put in the order of their clusters, which are of equal size. */
async function splitEqually(
  points: Matrix,
  slots: Int32Array,
  branching: number,
  random: Random,
  progress: (iteration: number) => void,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const quota = slots.length / branching;
  // Repeated items have equal distances: they are computed once.
  const items = Int32Array.from(new Set(slots)).sort();
  const localOf = new Map(Array.from(items, (item, local) => [item, local]));
  const locals = slots.map((item) => localOf.get(item)!);
  const ownPoints = takeRows(points, items);
  const slotPoints = takeRows(points, slots);
  const costs = new Float32Array(items.length * branching);

  let assignment: Int32Array = shuffle(
    Int32Array.from({ length: slots.length }, (_, slot) => Math.floor(slot / quota)),
    random,
  );
  for (let iteration = 0; iteration < maximalIterations; iteration++) {
    await yieldToEvents();
    signal?.throwIfAborted();
    progress(iteration);
    await allDistances(ownPoints, meansOf(slotPoints, assignment, branching), costs);
    const ranks = rankClusters(costs, items.length, branching);
    const next = takeQuotas(ranks, locals, branching, quota, random);
    const settled = next.every((cluster, slot) => cluster === assignment[slot]);
    assignment = next;
    if (settled) break;
  }
  const ends = Int32Array.from({ length: branching }, (_, cluster) => cluster * quota);
  const ordered = new Int32Array(slots.length);
  for (let slot = 0; slot < slots.length; slot++) ordered[ends[assignment[slot]]++] = slots[slot];
  return ordered;
}

/** [points * clusters] place of each cluster in the point's own order of nearness, 0 for the nearest. */
function rankClusters(costs: Float32Array, points: number, clusters: number): Uint16Array {
  const ranks = new Uint16Array(points * clusters);
  // The bits of floats from zero up are ordered as they are: bits and cluster in one double sort without a comparator.
  const bits = new Uint32Array(costs.buffer, costs.byteOffset, costs.length);
  const keys = new Float64Array(clusters);
  for (let point = 0; point < points; point++) {
    const row = point * clusters;
    for (let cluster = 0; cluster < clusters; cluster++)
      keys[cluster] = bits[row + cluster] * 65_536 + cluster;
    keys.sort();
    for (let rank = 0; rank < clusters; rank++) ranks[row + (keys[rank] % 65_536)] = rank;
  }
  return ranks;
}

function takeQuotas(
  ranks: Uint16Array,
  locals: Int32Array,
  clusters: number,
  quota: number,
  random: Random,
): Int32Array {
  const assignment = new Int32Array(locals.length);
  const free = Int32Array.from(locals.keys());
  let left = free.length;
  for (const cluster of shuffle(
    Int32Array.from({ length: clusters }, (_, at) => at),
    random,
  )) {
    const counts = new Int32Array(clusters);
    for (let at = 0; at < left; at++) counts[ranks[locals[free[at]] * clusters + cluster]]++;
    // All points that rank the cluster above `limit` are taken, and as many that rank it there as the quota allows.
    let limit = 0;
    let above = 0;
    while (above + counts[limit] < quota) above += counts[limit++];
    let atLimit = quota - above;
    let kept = 0;
    for (let at = 0; at < left; at++) {
      const rank = ranks[locals[free[at]] * clusters + cluster];
      if (rank < limit || (rank === limit && atLimit-- > 0)) assignment[free[at]] = cluster;
      else free[kept++] = free[at];
    }
    left = kept;
  }
  return assignment;
}

function firstLeaves(slots: Int32Array, items: number, branching: number, height: number): Int32Array {
  const codes = new Int32Array(items * height);
  const seen = new Uint8Array(items);
  for (let leaf = 0; leaf < slots.length; leaf++) {
    const item = slots[leaf];
    if (seen[item]) continue;
    seen[item] = 1;
    let rest = leaf;
    for (let level = height - 1; level >= 0; level--) {
      codes[item * height + level] = rest % branching;
      rest = Math.floor(rest / branching);
    }
  }
  return codes;
}
