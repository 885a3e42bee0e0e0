/** Work that can rest after each piece. */
export type Pieces<T> = Generator<undefined, T, undefined>;
