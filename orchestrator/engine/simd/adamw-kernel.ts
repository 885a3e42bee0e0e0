import { add, divide, type Instance, instantiate, multiply, squareRoot, subtract } from './assemble.ts';

/** Four arrays of equal length, of which one kernel step takes four floats each. */
export interface AdamWArrays {
  values: Float32Array;
  gradients: Float32Array;
  mean: Float32Array;
  square: Float32Array;
}

export interface AdamWFactors {
  /** What is left of a value before its step: 1 - rate * decay */
  keep: number;
  /** What gradients are scaled with. */
  clip: number;
  beta1: number;
  beta2: number;
  /** rate / (1 - beta1^t) */
  stepSize: number;
  /** 1 / sqrt(1 - beta2^t) */
  squareScale: number;
  epsilon: number;
}

/** Floats of each array that are walked over at once: four such blocks lie in the second cache of a core. */
const block = 1 << 14;
/** Where they lie, in bytes; never a page apart, where a processor takes what it reads for what it has just written. */
const place = { values: 0, gradients: 4 * block + 1024, mean: 8 * block + 2048, square: 12 * block + 3072 };

/** What the kernel is given, in this order. */
const parameters = [
  'keep',
  'clip',
  'beta1',
  'rest1',
  'beta2',
  'rest2',
  'stepSize',
  'squareScale',
  'epsilon',
] as const;

let kernel: Instance | undefined;

/**
 * AdamW's update of some floats, in place and in 32 bits. Arrays of any size are copied through the kernel's own small
 * memory, block by block.
 */
export function stepAdamW(arrays: AdamWArrays, factors: AdamWFactors): void {
  kernel ??= compileKernel();
  const { run, memory } = kernel;
  const given = { ...factors, rest1: 1 - factors.beta1, rest2: 1 - factors.beta2 };
  const numbers = parameters.map((name) => given[name]);
  const { values, gradients, mean, square } = arrays;
  for (let start = 0; start < values.length; start += block) {
    const end = Math.min(start + block, values.length);
    const copies = [
      [values, place.values],
      [mean, place.mean],
      [square, place.square],
    ] as const;
    memory.set(gradients.subarray(start, end), place.gradients / 4);
    for (const [array, at] of copies) memory.set(array.subarray(start, end), at / 4);
    // Up to three floats behind the last are worked on as well, and left here.
    run(4 * (end - start), ...numbers);
    for (const [array, at] of copies) array.set(memory.subarray(at / 4, at / 4 + end - start), start);
  }
}

function compileKernel(): Instance {
  return instantiate(
    {
      parameters,
      vectors: ['gradient', 'mean', 'square'],
      step: ({ get, set, load, store }) => [
        ...set('gradient', multiply(load(place.gradients), get('clip'))),
        ...set(
          'mean',
          add(multiply(load(place.mean), get('beta1')), multiply(get('gradient'), get('rest1'))),
        ),
        ...set(
          'square',
          add(
            multiply(load(place.square), get('beta2')),
            multiply(multiply(get('gradient'), get('gradient')), get('rest2')),
          ),
        ),
        ...store(place.mean, get('mean')),
        ...store(place.square, get('square')),
        ...store(
          place.values,
          subtract(
            multiply(load(place.values), get('keep')),
            divide(
              multiply(get('mean'), get('stepSize')),
              add(multiply(squareRoot(get('square')), get('squareScale')), get('epsilon')),
            ),
          ),
        ),
      ],
    },
    place.square + 4 * block,
  );
}
