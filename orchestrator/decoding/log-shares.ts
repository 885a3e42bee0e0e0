import { UserError } from '../shared/errors.ts';

/** Logits -> log-probabilities among all of them. */
export function logShares(logits: Float32Array): Float64Array {
  let highest = -Infinity;
  for (const logit of logits) if (logit > highest) highest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - highest);
  const base = highest + Math.log(sum);
  if (!Number.isFinite(base))
    throw new UserError('decoding/not-a-number', `the model's logits are not finite (${base})`, {
      remedy: 'The weights are broken or training diverged: train again, perhaps with a lower learning rate.',
    });
  return Float64Array.from(logits, (logit) => logit - base);
}
