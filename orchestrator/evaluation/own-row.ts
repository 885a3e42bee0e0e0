/** What the run itself recommends by, the model or what stands in its place: the last method of every result. */
export function ownRow<T>(methods: readonly T[]): T {
  return methods[methods.length - 1];
}

/** The row of the model's lists as its beams find them, where those that are given are ranked anew. */
export const generatedAlone = 'generated alone';
