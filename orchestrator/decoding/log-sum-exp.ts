import { UserError } from '../shared/errors.ts';

/** log of the sum of exp of the logits of digits[first .. end), where the logit of digit 0 is data[offset]. */
export function logSumExp(
  data: Float32Array,
  offset: number,
  digits: Int32Array,
  first: number,
  end: number,
): number {
  let highest = -Infinity;
  for (let child = first; child < end; child++) {
    const logit = data[offset + digits[child]];
    if (logit > highest) highest = logit;
  }
  let sum = 0;
  for (let child = first; child < end; child++) sum += Math.exp(data[offset + digits[child]] - highest);
  const result = highest + Math.log(sum);
  if (!Number.isFinite(result))
    throw new UserError('decoding/not-a-number', `the model's logits are not finite (${result})`, {
      remedy: 'The weights are broken or training diverged: train again, perhaps with a lower learning rate.',
    });
  return result;
}
