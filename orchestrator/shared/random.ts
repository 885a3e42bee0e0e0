import { fnv1a, fnvStart } from './fnv.ts';

/** Seeded random numbers: xoshiro128** (Blackman and Vigna 2018), seeded by splitmix32. */
export interface Random {
  /** A uniform integer in [0, 2^32). */
  uint32(): number;
  /** A uniform float in [0, 1). */
  float(): number;
  /** A uniform integer in [0, bound); bound at most 2^32. */
  integer(bound: number): number;
  /** A standard normal float (Box and Muller). */
  normal(): number;
  /** Fills an array with uniform 32-bit integers; equals as many calls of `uint32`, and is faster. */
  fill(target: Uint32Array): void;
}

/** A generator for a seed and any number of labels; equal arguments give equal streams, different ones independent streams. */
export function createRandom(seed: number, ...labels: (number | string)[]): Random {
  let hash = seed >>> 0;
  for (const label of labels) hash = mixLabel(hash, String(label));
  const next = splitmix32(hash);
  let [a, b, c, d] = [next(), next(), next(), next() || 1];
  const uint32 = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const fill = (target: Uint32Array) => {
    // The state in locals of its own: captured variables would be read from memory at each step.
    let [w, x, y, z] = [a, b, c, d];
    for (let at = 0; at < target.length; at++) {
      const product = Math.imul(x, 5);
      target[at] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = x << 9;
      y ^= w;
      z ^= x;
      x ^= y;
      w ^= z;
      y ^= shifted;
      z = (z << 11) | (z >>> 21);
    }
    [a, b, c, d] = [w, x, y, z];
  };
  const float = () => uint32() / 0x1_0000_0000;
  return {
    uint32,
    fill,
    float,
    integer: (bound) => Math.floor(float() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
  };
}

/** Shuffles in place (Fisher and Yates) and returns the same array. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
  values: T,
  random: Random,
): T {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const held = values[last];
    values[last] = values[other];
    values[other] = held;
  }
  return values;
}

function mixLabel(hash: number, label: string): number {
  return splitmix32(fnv1a(label, hash ^ fnvStart))();
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
