import { stepAdamW } from '../simd/adamw-kernel.ts';
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
  state.step++;
  const factors = {
    clip: maxGradNorm > 0 && norm > maxGradNorm ? maxGradNorm / norm : 1,
    beta1,
    beta2,
    stepSize: learningRate / (1 - beta1 ** state.step),
    squareScale: 1 / Math.sqrt(1 - beta2 ** state.step),
    epsilon,
  };
  let start = 0;
  for (const { shape, decay } of store.specs) {
    const end = start + shape.reduce((product, size) => product * size, 1);
    const part = (array: Float32Array) => array.subarray(start, end);
    stepAdamW(
      {
        values: part(store.values),
        gradients: part(store.gradients),
        mean: part(state.mean),
        square: part(state.square),
      },
      { ...factors, keep: decay ? 1 - learningRate * weightDecay : 1 },
    );
    start = end;
  }
  return norm;
}

/** Four sums side by side: one alone would wait for itself at every step. */
function globalNorm(gradients: Float32Array): number {
  const whole = gradients.length - (gradients.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    a += gradients[at] * gradients[at];
    b += gradients[at + 1] * gradients[at + 1];
    c += gradients[at + 2] * gradients[at + 2];
    d += gradients[at + 3] * gradients[at + 3];
  }
  for (let at = whole; at < gradients.length; at++) a += gradients[at] * gradients[at];
  return Math.sqrt(a + b + c + d);
}
