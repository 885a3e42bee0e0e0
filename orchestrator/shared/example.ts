/** One example of training: what is given, what is to be said, and where in it something is learned. */
export interface Example<Task extends string = string> {
  task: Task;
  /** Tokens that are given. Empty where the target is a whole history. */
  source: Int32Array;
  target: Int32Array;
  /** [target.length] weight of the loss for predicting that token from all before it */
  weights: Float32Array;
  /**
   * Where in the target the code of a learned item ends, and which item: a summary of everything up to there. Where
   * the target is a history, also which event of the log it is.
   */
  summaries: { position: number; item: number; event?: number }[];
}

export function lengthOf({ source, target }: Pick<Example, 'source' | 'target'>): number {
  return source.length + target.length;
}

/** Source and target as one row, as a decoder reads it. */
export interface JoinedRow {
  tokens: Int32Array;
  /** [tokens.length]; 0 for the source */
  weights: Float32Array;
  /** Positions in the row. */
  summaries: Example['summaries'];
}

export function joinRow(example: Example): JoinedRow {
  const { source, target } = example;
  const length = lengthOf(example);
  const tokens = new Int32Array(length);
  const weights = new Float32Array(length);
  tokens.set(source);
  tokens.set(target, source.length);
  weights.set(example.weights, source.length);
  const summaries = example.summaries.map((summary) => ({
    ...summary,
    position: source.length + summary.position,
  }));
  return { tokens, weights, summaries };
}
