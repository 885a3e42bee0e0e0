import { createRandom } from '../shared/random.ts';

/** Drop rates are multiples of 1/256, so that one random byte decides. */
export function quantiseRate(rate: number): number {
  return Math.round(rate * 256) / 256;
}

/**
 * Draws a dropout mask: 1 where a value is kept. A function of seed, step and site alone, so that a resumed run
 * drops what an uninterrupted one would have dropped.
 */
export function fillKeepMask(
  target: Uint8Array,
  rate: number,
  seed: number,
  step: number,
  site: string,
): void {
  const random = createRandom(seed, 'dropout', step, site);
  const threshold = Math.round(rate * 256);
  const whole = target.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    const word = random.uint32();
    target[at] = (word & 255) >= threshold ? 1 : 0;
    target[at + 1] = ((word >>> 8) & 255) >= threshold ? 1 : 0;
    target[at + 2] = ((word >>> 16) & 255) >= threshold ? 1 : 0;
    target[at + 3] = word >>> 24 >= threshold ? 1 : 0;
  }
  for (let at = whole; at < target.length; at++) target[at] = (random.uint32() & 255) >= threshold ? 1 : 0;
}
