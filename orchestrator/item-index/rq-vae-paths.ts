import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { TreeShape } from './branching.ts';
import { quantise, repairCollisions } from './rq-vae/quantise.ts';
import { trainRqVae } from './rq-vae/train.ts';
import type { Paths } from './types.ts';

const hidden = [256, 128];
const latent = 32;
/** Enough for 12,000 points (about 130 passes); fewer points take fewer. */
const mostUpdates = 1500;
const fewestUpdates = 300;

/**
 * Codes by an RQ-VAE, as TIGER (Rajput et al. 2023) and LC-Rec (Zheng et al. 2024) make them: an encoder whose output is
 * quantised level by level, trained so that a decoder can make the vector again. Collisions are repaired by spreading
 * them over the last level; what is left of them is told apart by whoever joins the paths.
 */
export async function rqVaePaths(
  points: Matrix,
  { branching, height }: TreeShape,
  seed: number,
  label: string,
  report: Reporter,
  signal?: AbortSignal,
): Promise<Paths> {
  const sizes = {
    columns: points.columns,
    hidden,
    latent,
    levels: height,
    codes: Math.min(branching, points.rows),
  };
  const updates = Math.max(fewestUpdates, Math.min(mostUpdates, Math.ceil(points.rows / 8)));
  const { encoded, codebooks } = await trainRqVae(points, { sizes, seed, updates, label, report, signal });
  const codes = await quantise(encoded, codebooks);
  await repairCollisions(encoded, codebooks, codes);
  return { levels: height, codes };
}
