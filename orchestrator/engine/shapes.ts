import type { Dim, Shape } from './types.ts';

/** The product of sizes, symbols in alphabetical order: `multiplyDims(['T', 2, 'B'])` is `'2*B*T'`. */
export function multiplyDims(dims: Shape): Dim {
  let factor = 1;
  const symbols: string[] = [];
  for (const dim of dims) {
    for (const part of String(dim).split('*')) {
      if (/^\d+$/.test(part)) factor *= Number(part);
      else symbols.push(part);
    }
  }
  if (symbols.length === 0 || factor === 0) return factor;
  symbols.sort();
  return (factor === 1 ? symbols : [String(factor), ...symbols]).join('*');
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** The shape of an elementwise result, by NumPy's rules. Throws a RangeError where two sizes do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new RangeError(`shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast at axis ${axis}`);
  });
}

/** Axes (of `from`) that have to be summed away so that a gradient of shape `from` fits an input of shape `to`. */
export function broadcastAxes(from: Shape, to: Shape): number[] {
  const offset = from.length - to.length;
  return from.flatMap((dim, axis) => (axis < offset || (to[axis - offset] === 1 && dim !== 1) ? [axis] : []));
}

/** A non-negative axis. */
export function resolveAxis(axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (resolved < 0 || resolved >= rank)
    throw new RangeError(`axis ${axis} is outside a tensor of rank ${rank}`);
  return resolved;
}

export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
