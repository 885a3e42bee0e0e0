import { balancedKmeans } from '../../clustering/balanced-kmeans.ts';
import { boundedKmeans } from '../../clustering/bounded-kmeans.ts';
import { add, crossEntropy, matMul, reduceMean } from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import { int64From } from '../../engine/int64.ts';
import type { TensorView } from '../../engine/program.ts';
import type { Value } from '../../engine/types.ts';
import { hiddenScore } from '../../models/hidden-score.ts';
import type { Matrix } from '../../shared/matrix.ts';
import type { Random } from '../../shared/random.ts';
import type { RqVaeSettings } from './settings.ts';

/** What LETTER (Wang et al. 2024) adds to the loss of an RQ-VAE; 0 leaves a term out. */
export interface Regularisers {
  /** Alpha: quantised points are to lie nearest to the behaviour vector of their own item. */
  collaborative: number;
  /** Beta: codes of one cluster of a codebook are to lie together, and apart from all others. */
  diversity: number;
}

export const noRegularisers: Regularisers = { collaborative: 0, diversity: 0 };

/** Clusters of a codebook, as published; fewer where that would leave a code alone in its own. */
const mostClusters = 10;
/** Codes of a bounded cluster, as published for 256 of them; small codebooks have to do with fewer. */
const fewestCodes = 10;

/**
 * In-batch InfoNCE of the quantised points [B, latent] (straight through, so the encoder learns) against `collaborative`
 * [B, latent], the items' behaviour vectors; plain inner products. `own` [B]: 0, 1, 2, …
 */
export function collaborativeLoss(quantised: Value, latent: number): Value {
  const scores = matMul(quantised, input('collaborative', ['B', latent]), { transB: true });
  return reduceMean(crossEntropy(scores, input('own', ['B'], 'int64')), [0]);
}

/**
 * For a level's chosen codes [B, latent]: InfoNCE of a code against the others of its codebook, the positive
 * (`positive.LEVEL` [B]) a random other code of the same cluster; `itself.LEVEL` [B, codes] hides the code itself.
 */
export function diversityLoss(chosen: Value, codebook: Value, level: number): Value {
  const codes = Number(codebook.shape[0]);
  const scores = add(matMul(chosen, codebook, { transB: true }), input(`itself.${level}`, ['B', codes]));
  return reduceMean(crossEntropy(scores, input(`positive.${level}`, ['B'], 'int64')), [0]);
}

/** [codes] cluster of each code of a codebook of at least two; every cluster has at least two. */
export async function clusterCodes(
  codebook: Matrix,
  random: Random,
  kind: RqVaeSettings['diversity_clusters'] = 'balanced',
): Promise<Int32Array> {
  const clusters = Math.min(mostClusters, Math.floor(codebook.rows / 2));
  if (kind === 'balanced') return (await balancedKmeans(codebook, clusters, random)).assignment;
  const least = Math.max(2, Math.min(fewestCodes, Math.floor(codebook.rows / (2 * clusters))));
  const bounds = { least, most: 6 * least, iterations: 10, restarts: 10 };
  return (await boundedKmeans(codebook, clusters, bounds, random)).assignment;
}

export function collaborativeFeeds(behaviour: Matrix): Record<string, TensorView> {
  const { rows, columns, data } = behaviour;
  return {
    collaborative: { shape: [rows, columns], data },
    own: { shape: [rows], data: int64From(Array.from({ length: rows }, (_, row) => row)) },
  };
}

/** Positives of a level, drawn for the codes [B] of a batch. */
export function diversityFeeds(
  codes: Int32Array,
  clusters: Int32Array,
  level: number,
  random: Random,
): Record<string, TensorView> {
  const members = new Map<number, number[]>();
  for (const [code, cluster] of clusters.entries())
    members.set(cluster, [...(members.get(cluster) ?? []), code]);
  const itself = new Float32Array(codes.length * clusters.length);
  const positives = Array.from(codes, (code, row) => {
    itself[row * clusters.length + code] = hiddenScore;
    const others = members.get(clusters[code])!.filter((other) => other !== code);
    return others[random.integer(others.length)];
  });
  return {
    [`positive.${level}`]: { shape: [codes.length], data: int64From(positives) },
    [`itself.${level}`]: { shape: [codes.length, clusters.length], data: itself },
  };
}
