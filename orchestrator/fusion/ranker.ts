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
  const { direct, hidden: weights, bias, out, level } = ranker;
  const columns = direct.length;
  const x = standardised(ranker, features);
  const logits = new Float64Array(x.length / columns);
  const hidden = new Float64Array(hiddenSize);
  for (let place = 0; place < logits.length; place++) {
    hidden.set(bias);
    let logit = -level;
    for (let feature = 0; feature < columns; feature++) {
      const value = x[place * columns + feature];
      logit += direct[feature] * value;
      const row = feature * hiddenSize;
      for (let at = 0; at < hiddenSize; at++) hidden[at] += weights[row + at] * value;
    }
    for (let at = 0; at < hiddenSize; at++) logit += (out[at] * hidden[at]) / (1 + Math.exp(-hidden[at]));
    logits[place] = logit;
  }
  return logits;
}

/** [candidates x features] with mean 0 and deviation 1; 0 for what is not known. */
export function standardised(
  { mean, deviation }: Pick<Ranker, 'mean' | 'deviation'>,
  features: Float32Array,
): Float32Array {
  const columns = mean.length;
  const x = new Float32Array(features.length);
  for (let start = 0; start < x.length; start += columns)
    for (let feature = 0; feature < columns; feature++) {
      const value = features[start + feature];
      x[start + feature] = Number.isNaN(value) ? 0 : (value - mean[feature]) / deviation[feature];
    }
  return x;
}

/** log(1 / (1 + exp(-x))), without overflow. */
function logOfLogistic(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}
