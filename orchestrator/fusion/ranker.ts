/** Width of the hidden layer. */
export const hiddenSize = 64;

/**
 * Score of a candidate: w.x + v.silu(Wx + b), x its features with mean 0 and deviation 1, less `level`, so that its
 * logistic is about how likely the item comes next. A feature that is not known (NaN) is taken as the mean.
 */
export interface Ranker {
  /** [features] of the candidates that it was learned from. */
  mean: Float32Array;
  deviation: Float32Array;
  /** [features], [features x hidden], [hidden], [hidden] */
  direct: Float32Array;
  hidden: Float32Array;
  bias: Float32Array;
  out: Float32Array;
  level: number;
}

/** Log of about how likely each candidate comes next, [candidates]. `features`: [candidates x features]. */
export function rankerScores(ranker: Ranker, features: Float32Array): Float64Array {
  return rankerLogits(ranker, features).map(logOfLogistic);
}

/** [candidates], as the logistic takes them. */
export function rankerLogits(ranker: Ranker, features: Float32Array): Float64Array {
  const columns = ranker.mean.length;
  const logits = new Float64Array(features.length / columns);
  const hidden = new Float64Array(hiddenSize);
  for (let place = 0; place < logits.length; place++) {
    hidden.set(ranker.bias);
    let logit = -ranker.level;
    for (let feature = 0; feature < columns; feature++) {
      const x = standardised(ranker, feature, features[place * columns + feature]);
      logit += ranker.direct[feature] * x;
      const row = feature * hiddenSize;
      for (let at = 0; at < hiddenSize; at++) hidden[at] += ranker.hidden[row + at] * x;
    }
    for (let at = 0; at < hiddenSize; at++)
      logit += (ranker.out[at] * hidden[at]) / (1 + Math.exp(-hidden[at]));
    logits[place] = logit;
  }
  return logits;
}

/** With mean 0 and deviation 1; 0 for what is not known. */
export function standardised(
  { mean, deviation }: Pick<Ranker, 'mean' | 'deviation'>,
  feature: number,
  value: number,
): number {
  return Number.isNaN(value) ? 0 : (value - mean[feature]) / deviation[feature];
}

/** log(1 / (1 + exp(-x))), without overflow. */
function logOfLogistic(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}
