import { dot, norm } from './orthonormal.ts';

/**
 * Singular values and left singular vectors of a small dense matrix given by its columns ([rows] each),
 * by one-sided Jacobi rotations (Hestenes 1958): columns are turned pairwise until all are at right angles;
 * their lengths are then the singular values. Accurate to rounding, cubic in the number of columns.
 */
export async function smallSvd(
  columns: Float64Array[],
  breathe = async () => {},
): Promise<{ values: Float64Array; left: Float64Array[] }> {
  const turned = columns.map((column) => column.slice());
  // Products below this are rounding noise of columns that depend on others; turning those would never end.
  const noise = 1e-30 * Math.max(...turned.map((column) => dot(column, column)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let a = 0; a < turned.length; a++) {
      for (let b = a + 1; b < turned.length; b++) rotated = rotate(turned[a], turned[b], noise) || rotated;
      await breathe();
    }
    if (!rotated) break;
  }
  const values = turned.map(norm);
  const order = values.map((_, at) => at).sort((a, b) => values[b] - values[a]);
  return {
    values: Float64Array.from(order, (at) => values[at]),
    left: order.map((at) => turned[at].map((value) => (values[at] > 0 ? value / values[at] : 0))),
  };
}

/** Turns two columns so that they are at right angles; false if they were already. */
function rotate(a: Float64Array, b: Float64Array, noise: number): boolean {
  const aa = dot(a, a);
  const bb = dot(b, b);
  const ab = dot(a, b);
  if (Math.abs(ab) <= Math.max(noise, 1e-14 * Math.sqrt(aa * bb))) return false;
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let at = 0; at < a.length; at++) {
    const held = a[at];
    a[at] = cosine * held - sine * b[at];
    b[at] = sine * held + cosine * b[at];
  }
  return true;
}
