/** A line of a chart. */
export interface Line {
  label: string;
  /** [x, y], x growing. */
  points: readonly (readonly [number, number])[];
  /** What the points are a smoothed form of: drawn faintly behind them. */
  raw?: readonly (readonly [number, number])[];
  /** Which of the colours for lines, from 1. */
  colour: number;
  /** The point whose weights are kept, where it is not the last that counts. */
  kept?: readonly [number, number] | undefined;
  /** What the value that stands for the line is, where that is not plain: `mean of the last 5 updates`. */
  note?: string;
}
