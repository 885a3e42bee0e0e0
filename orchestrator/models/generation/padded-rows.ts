/** Rows of equal length, padded on the right, where no token attends: any token will do there. */
export interface PaddedRows {
  /** [rows * length] */
  tokens: Int32Array;
  length: number;
}

export function padRows(rows: readonly Int32Array[]): PaddedRows {
  const length = rows.reduce((longest, own) => Math.max(longest, own.length), 1);
  const tokens = new Int32Array(rows.length * length);
  for (const [row, own] of rows.entries()) tokens.set(own, row * length);
  return { tokens, length };
}
