import type { ParameterStore } from './parameters.ts';

export interface AdamWOptions {
  learningRate: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  weightDecay: number;
  /** Gradients are scaled down to this global norm; 0 leaves them as they are. */
  maxGradNorm: number;
}

export interface AdamWState {
  /** Updates so far. */
  step: number;
  /** First and second moments, in the layout of the parameter store. */
  mean: Float32Array;
  square: Float32Array;
}

export function initAdamW(store: ParameterStore): AdamWState {
  return {
    step: 0,
    mean: new Float32Array(store.values.length),
    square: new Float32Array(store.values.length),
  };
}

/**
 * One update of AdamW with decoupled weight decay (Loshchilov and Hutter 2019), in place.
 * Returns the global norm of the gradients before clipping; a norm that is not finite changes nothing.
 */
export function updateAdamW(store: ParameterStore, state: AdamWState, options: AdamWOptions): number {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay, maxGradNorm } = options;
  const norm = globalNorm(store.gradients);
  if (!Number.isFinite(norm)) return norm;
  const clip = maxGradNorm > 0 && norm > maxGradNorm ? maxGradNorm / norm : 1;
  state.step++;
  const stepSize = learningRate / (1 - beta1 ** state.step);
  const squareScale = 1 / Math.sqrt(1 - beta2 ** state.step);
  const { values, gradients } = store;
  const { mean, square } = state;
  let start = 0;
  for (const { shape, decay } of store.specs) {
    const end = start + shape.reduce((product, size) => product * size, 1);
    const keep = decay ? 1 - learningRate * weightDecay : 1;
    for (let at = start; at < end; at++) {
      const gradient = gradients[at] * clip;
      const m = beta1 * mean[at] + (1 - beta1) * gradient;
      const v = beta2 * square[at] + (1 - beta2) * gradient * gradient;
      mean[at] = m;
      square[at] = v;
      values[at] = values[at] * keep - (stepSize * m) / (Math.sqrt(v) * squareScale + epsilon);
    }
    start = end;
  }
  return norm;
}

function globalNorm(gradients: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < gradients.length; at++) sum += gradients[at] * gradients[at];
  return Math.sqrt(sum);
}
