import type { ParameterSpec } from '../../engine/optimisers/parameters.ts';
import { createRandom } from '../../shared/random.ts';

/** Specs of parameters whose first values come from one seed and the parameter's own name; without a seed, drawn values stay 0. */
export function parameterMaker(seed: number | null) {
  const normal = (name: string, shape: readonly number[], deviation: number): ParameterSpec => ({
    name,
    shape,
    decay: true,
    initialise: (target) => {
      if (seed === null) return;
      const random = createRandom(seed, 'behaviour', name);
      for (let at = 0; at < target.length; at++) target[at] = deviation * random.normal();
    },
  });
  return {
    normal,
    /** x W: [from, to], the variance kept (Glorot and Bengio 2010) but for `gain`, a factor of each number. */
    linear: (name: string, from: number, to: number, gain = 1) =>
      normal(name, [from, to], gain * Math.sqrt(2 / (from + to))),
    constant: (name: string, shape: readonly number[], value: number): ParameterSpec => ({
      name,
      shape,
      decay: false,
      initialise: (target) => void target.fill(value),
    }),
  };
}
