import { quantise, repairCollisions } from '../rq-vae/quantise.ts';
import type { RqVaeSettings } from '../rq-vae/settings.ts';
import { trainRqVae } from '../rq-vae/train.ts';
import type { IndexMethod } from '../types.ts';

/** Enough for 12,000 points (about 130 passes); fewer points take fewer. */
const mostUpdates = 1500;
const fewestUpdates = 300;

/**
 * Codes by an RQ-VAE, as TIGER (Rajput et al. 2023) and LC-Rec (Zheng et al. 2024) make them: an encoder whose output is
 * quantised level by level, trained so that a decoder can make the vector again. Collisions are repaired by spreading
 * them over the last level (`sinkhorn`); what is left of them is told apart by whoever joins the paths. With a weight of LETTER's
 * (Wang et al. 2024) its loss is added; the collaborative one gives codes the width of the behaviour vectors.
 */
export const rqVae: IndexMethod = async (points, given) => {
  const { shape, settings, label, seed, report, signal } = given;
  const { branching, height } = shape;
  const { rq_vae: own } = settings;
  const behaviour =
    label === 'behaviour' || settings.collaborative_weight === 0 ? undefined : given.behaviour();
  const codes = Math.min(branching, points.rows);
  const sizes = {
    columns: points.columns,
    hidden: own.hidden,
    latent: behaviour?.columns ?? own.latent,
    levels: height,
    codes,
  };
  const { encoded, codebooks } = await trainRqVae(points, {
    sizes,
    seed,
    settings: own,
    updates: updatesOf(own, points.rows),
    regularisers: {
      collaborative: behaviour ? settings.collaborative_weight : 0,
      // A codebook of one has no other code.
      diversity: codes > 1 ? settings.diversity_weight : 0,
    },
    behaviour,
    label,
    report,
    signal,
  });
  const paths = await quantise(encoded, codebooks);
  if (own.sinkhorn) await repairCollisions(encoded, codebooks, paths);
  return { levels: height, codes: paths };
};

function updatesOf({ epochs, batch_size }: RqVaeSettings, items: number): number {
  if (epochs === 'auto') return Math.max(fewestUpdates, Math.min(mostUpdates, Math.ceil(items / 8)));
  return epochs * Math.max(1, Math.floor(items / batch_size));
}
