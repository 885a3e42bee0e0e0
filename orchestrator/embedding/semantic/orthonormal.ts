/**
 * Replaces a list of columns by an orthonormal basis of their span, in place: Gram and Schmidt, with a second pass
 * where the first took most of a column away ("twice is enough", Giraud et al. 2005).
 * A column that depends on those before it becomes zero.
 */
export async function orthonormalise(columns: Float64Array[], breathe = async () => {}): Promise<void> {
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    const start = norm(column);
    let before = start;
    let after = start;
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < at; other++) subtractProjection(column, columns[other]);
      after = norm(column);
      if (after > 0.5 * before) break;
      before = after;
    }
    // What is left of a dependent column is rounding noise, not a direction.
    scale(column, after > 1e-12 * start ? 1 / after : 0);
    await breathe();
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  // Four sums, so that the additions do not wait for one another.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length - (a.length % 4);
  for (let at = 0; at < whole; at += 4) {
    s0 += a[at] * b[at];
    s1 += a[at + 1] * b[at + 1];
    s2 += a[at + 2] * b[at + 2];
    s3 += a[at + 3] * b[at + 3];
  }
  for (let at = whole; at < a.length; at++) s0 += a[at] * b[at];
  return s0 + s1 + (s2 + s3);
}

export function norm(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function scale(column: Float64Array, factor: number): void {
  for (let at = 0; at < column.length; at++) column[at] *= factor;
}

function subtractProjection(column: Float64Array, unit: Float64Array): void {
  const factor = dot(column, unit);
  if (factor !== 0) for (let at = 0; at < column.length; at++) column[at] -= factor * unit[at];
}
