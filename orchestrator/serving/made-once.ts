import type { Pieces } from '../shared/pieces.ts';

export type { Pieces };

/** A value that is made on first use, in one go; or earlier by `make`, piece by piece. */
export interface MadeOnce<T> {
  (): T;
  /** `breathe` is awaited after each piece. */
  make(breathe: () => Promise<void>): Promise<void>;
}

export function madeOnce<T>(pieces: () => Pieces<T>): MadeOnce<T> {
  let made: { value: T } | undefined;
  const whole = () => {
    if (!made) {
      const work = pieces();
      let piece = work.next();
      while (!piece.done) piece = work.next();
      made = { value: piece.value };
    }
    return made.value;
  };
  const make = async (breathe: () => Promise<void>) => {
    if (made) return;
    const work = pieces();
    let piece = work.next();
    for (; !piece.done; piece = work.next()) await breathe();
    // If it was used in the meantime, it was made in one go.
    made ??= { value: piece.value };
  };
  return Object.assign(whole, { make });
}
