// Arithmetic of plain rows, for references that are written down to be read.

export type Row = number[];

export function softmaxRow(scores: Row): Row {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

export function matVec(matrix: Float32Array, [rows, columns]: number[], x: Row): Row {
  return Array.from({ length: rows }, (_, row) =>
    dot([...matrix.subarray(row * columns, (row + 1) * columns)], x),
  );
}

export function dot(a: Row, b: Row): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}

export function plus(a: Row, b: Row): Row {
  return a.map((value, at) => value + b[at]);
}
