import { UserError } from '../shared/errors.ts';
import { logOfSum } from './log-of-sum.ts';

/** Logits -> log-probabilities among all of them. */
export function logShares(logits: Float32Array): Float64Array {
  const base = logOfSum(logits);
  if (!Number.isFinite(base))
    throw new UserError('decoding/not-a-number', `the model's logits are not finite (${base})`, {
      remedy: 'The weights are broken or training diverged: train again, perhaps with a lower learning rate.',
    });
  return Float64Array.from(logits, (logit) => logit - base);
}
