import type { Matrix } from '../shared/matrix.ts';
import type { Reporter } from '../shared/reporter.ts';
import type { TreeShape } from './branching.ts';
import { quantise, repairCollisions } from './rq-vae/quantise.ts';
import { noRegularisers, type Regularisers } from './rq-vae/regularisers.ts';
import { trainRqVae } from './rq-vae/train.ts';
import type { Paths } from './types.ts';

const hidden = [256, 128];
const latent = 32;
/** Enough for 12,000 points (about 130 passes); fewer points take fewer. */
const mostUpdates = 1500;
const fewestUpdates = 300;

export interface RqVaePathOptions {
  seed: number;
  label: string;
  regularisers?: Regularisers | undefined;
  behaviour?: Matrix | undefined;
  report: Reporter;
  signal?: AbortSignal | undefined;
}

/**
 * Codes by an RQ-VAE, as TIGER (Rajput et al. 2023) and LC-Rec (Zheng et al. 2024) make them: an encoder whose output is
 * quantised level by level, trained so that a decoder can make the vector again. Collisions are repaired by spreading
 * them over the last level; what is left of them is told apart by whoever joins the paths. With `regularisers` as LETTER
 * (Wang et al. 2024) does; the collaborative one is there with `behaviour` [points, any width], whose width codes then get.
 */
export async function rqVaePaths(
  points: Matrix,
  { branching, height }: TreeShape,
  { seed, label, regularisers = noRegularisers, behaviour, report, signal }: RqVaePathOptions,
): Promise<Paths> {
  const codes = Math.min(branching, points.rows);
  const sizes = {
    columns: points.columns,
    hidden,
    latent: behaviour?.columns ?? latent,
    levels: height,
    codes,
  };
  const updates = Math.max(fewestUpdates, Math.min(mostUpdates, Math.ceil(points.rows / 8)));
  const { encoded, codebooks } = await trainRqVae(points, {
    sizes,
    seed,
    updates,
    regularisers: {
      collaborative: behaviour ? regularisers.collaborative : 0,
      // A codebook of one has no other code.
      diversity: codes > 1 ? regularisers.diversity : 0,
    },
    behaviour,
    label,
    report,
    signal,
  });
  const paths = await quantise(encoded, codebooks);
  await repairCollisions(encoded, codebooks, paths);
  return { levels: height, codes: paths };
}
