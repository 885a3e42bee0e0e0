import * as f from '../functions.ts';
import { apply } from '../graph.ts';
import type { Node, OpName, Value } from '../types.ts';

/**
 * The gradient of one operation: given its node and the gradient of its first output, the gradient of each
 * input, null where there is none. The other outputs of an operation are for its own gradient only.
 */
export type GradientRule<K extends OpName> = (node: Node<K>, gradient: Value) => (Value | null)[];

/** `null` says that an operation has no gradient; an operation that is absent here does not compile. */
export const gradientRules: { [K in OpName]: GradientRule<K> | null } = {
  input: null,
  parameter: null,
  frozen: null,
  constant: null,
  positive: null,
  detach: null,
  crossEntropyGradient: null,
  minusOneHot: null,
  localIds: null,
  atLeast: null,
  causalMask: null,

  recomputed: (_node, g) => [g],
  after: (_node, g) => [g, null],

  add: ({ inputs: [a, b] }, g) => [f.sumTo(g, a.shape), f.sumTo(g, b.shape)],
  sub: ({ inputs: [a, b] }, g) => [f.sumTo(g, a.shape), f.neg(f.sumTo(g, b.shape))],
  mul: ({ inputs: [a, b] }, g) => [f.sumTo(f.mul(g, b), a.shape), f.sumTo(f.mul(g, a), b.shape)],
  // d(a/b) = da / b - (a / b) db / b
  div: ({ inputs: [a, b], outputs: [y] }, g) => {
    const share = f.div(g, b);
    return [f.sumTo(share, a.shape), f.neg(f.sumTo(f.mul(share, y), b.shape))];
  },
  exp: ({ outputs: [y] }, g) => [f.mul(g, y)],
  log: ({ inputs: [x] }, g) => [f.div(g, x)],
  sqrt: ({ outputs: [y] }, g) => [f.div(f.mul(g, 0.5), y)],
  // y (1 - y)
  sigmoid: ({ outputs: [y] }, g) => [f.mul(g, f.mul(y, f.sub(1, y)))],
  // 1 - y^2
  tanh: ({ outputs: [y] }, g) => [f.mul(g, f.sub(1, f.mul(y, y)))],
  relu: ({ inputs: [x] }, g) => [f.mul(g, f.positive(x))],
  // y = x s(x): s + y (1 - s) = s + y - y s
  silu: ({ inputs: [x], outputs: [y] }, g) => {
    const s = f.sigmoid(x);
    return [f.mul(g, f.add(s, f.sub(y, f.mul(y, s))))];
  },
  where: ({ inputs: [mask, yes, no] }, g) => [
    null,
    f.sumTo(f.where(mask, g, 0), yes.shape),
    f.sumTo(f.where(mask, 0, g), no.shape),
  ],

  matMul: ({ inputs: [a, b], attributes: { transA, transB, alpha } }, g) => {
    // Y = alpha A B: dA = alpha dY B', dB = alpha A' dY; a transposed side gives the transposed gradient.
    const da = transA
      ? f.matMul(b, g, { transA: transB, transB: true, alpha })
      : f.matMul(g, b, { transB: !transB, alpha });
    // One matrix for a whole batch: its gradient is one product over all rows, not a sum of many.
    const fold = b.shape.length === 2 && a.shape.length > 2 && !transA;
    const [x, dy] = fold ? [f.foldRows(a), f.foldRows(g)] : [a, g];
    const db = transB
      ? f.matMul(dy, x, { transA: true, transB: transA, alpha })
      : f.matMul(x, dy, { transA: !transA, alpha });
    return [f.sumTo(da, a.shape), f.sumTo(db, b.shape)];
  },
  // Y = X W': dX = dY W
  quantizedMatMul: ({ attributes: { matrix, rounded } }, g) => [
    f.quantizedMatMul(g, matrix.transposed(), rounded),
    null,
    null,
  ],
  reduceSum: ({ inputs: [x], attributes }, g) => [f.expand(keepAxes(g, x, attributes), x.shape)],
  reduceMean: ({ inputs: [x], attributes }, g) => {
    // The count may be a symbol: the mean of ones, summed, is its inverse.
    const ones = f.expand(f.toValue(1), x.shape);
    const count = f.reduceSum(ones, attributes.axes, true);
    return [f.expand(f.div(keepAxes(g, x, attributes), count), x.shape)];
  },

  reshape: ({ inputs: [x] }, g) => [f.reshape(g, x.shape)],
  transpose: ({ attributes: { permutation } }, g) => [
    f.transpose(
      g,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ],
  expand: ({ inputs: [x] }, g) => [f.sumTo(g, x.shape)],
  concat: ({ inputs, attributes: { axis } }, g) => {
    let start = 0;
    return inputs.map((part) => {
      const end = start + Number(part.shape[axis]);
      const piece = f.slice(g, axis, start, end);
      start = end;
      return piece;
    });
  },
  slice: ({ inputs: [x], attributes: { axis, start, end } }, g) => [
    apply('pad', [g], { axis, before: start, after: Number(x.shape[axis]) - end }),
  ],
  pad: ({ inputs: [x], attributes: { axis, before } }, g) => [
    f.slice(g, axis, before, before + Number(x.shape[axis])),
  ],
  gatherRows: ({ inputs: [table, ids], attributes }, g) => {
    const count = ids.shape.length === 1 ? ids : null;
    if (!count)
      throw new RangeError('gatherRows has a gradient for a flat list of ids only: reshape around it');
    return [f.scatterAddRows(g, ids, table.shape[0], attributes), null];
  },
  scatterAddRows: ({ inputs: [, ids], attributes }, g) => [f.gatherRows(g, ids, attributes), null],

  // y (g - sum(g y))
  softmax: ({ outputs: [y] }, g) => {
    const weighted = f.mul(g, y);
    return [f.sub(weighted, f.mul(y, f.reduceSum(weighted, [-1], true)))];
  },
  logSumExp: ({ inputs: [x], outputs: [y] }, g) => [f.mul(f.exp(f.sub(x, y)), g)],
  crossEntropy: ({ inputs: [, targets], outputs: [, logProbabilities] }, g) => [
    apply('crossEntropyGradient', [logProbabilities, targets, g], {}),
    null,
  ],
  // softmax - targets, for targets whose rows add up to 1
  softCrossEntropy: ({ inputs: [, targets], outputs: [, logProbabilities] }, g) => [
    f.mul(f.sub(f.exp(logProbabilities), targets), f.reshape(g, [g.shape[0], 1])),
    null,
  ],
  // L = -log softmax(alpha H W')[target], D = softmax - one-hot, g the gradient of each row's loss:
  //   dH = alpha g D W,  dW = alpha D' gH.
  // The factor g goes to the narrow side, so that nothing but D is as wide as the classes.
  linearCrossEntropy: (
    { inputs: [rows, table, targets], outputs: [, logProbabilities], attributes: { alpha } },
    g,
  ) => {
    const difference = apply('minusOneHot', [f.exp(logProbabilities), targets], {});
    const scale = f.reshape(f.mul(g, alpha), [g.shape[0], 1]);
    return [
      f.mul(f.matMul(difference, table), scale),
      f.matMul(difference, f.mul(rows, scale), { transA: true }),
      null,
    ];
  },
  // y = x r w with r = 1 / rms(x):  dx = r (g w) - x r^3 mean(g w x)
  rmsNorm: ({ inputs: [x, weight], outputs: [, r] }, g) => {
    const scaled = f.mul(x, r);
    const inner = f.mul(g, weight);
    const along = f.reduceMean(f.mul(inner, scaled), [-1], true);
    return [f.mul(f.sub(inner, f.mul(scaled, along)), r), f.sumTo(f.mul(g, scaled), weight.shape)];
  },
  // y = (x - mean) r w + b: as above with the mean of the gradient taken off as well
  layerNorm: ({ inputs: [x, weight, bias], outputs: [, mean, r] }, g) => {
    const scaled = f.mul(f.sub(x, mean), r);
    const inner = f.mul(g, weight);
    const along = f.reduceMean(f.mul(inner, scaled), [-1], true);
    const centred = f.sub(inner, f.reduceMean(inner, [-1], true));
    return [
      f.mul(f.sub(centred, f.mul(scaled, along)), r),
      f.sumTo(f.mul(g, scaled), weight.shape),
      f.sumTo(g, bias.shape),
    ];
  },
  // A rotation's gradient is the rotation back.
  rotary: ({ inputs: [, positions, cos, sin], attributes: { inverse } }, g) => [
    f.rotary(g, positions, cos, sin, !inverse),
    null,
    null,
    null,
  ],
};

function keepAxes(g: Value, x: Value, { axes, keepDims }: { axes: number[]; keepDims: boolean }): Value {
  if (keepDims) return g;
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  return f.reshape(
    g,
    x.shape.map((dim, axis) => (gone.has(axis) ? 1 : dim)),
  );
}
