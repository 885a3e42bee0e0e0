import { apply, applyAll, scalar } from './graph.ts';
import { broadcastAxes, multiplyDims, resolveAxis, sameShape } from './shapes.ts';
import type { Dim, QuantizedMatrix, Shape, Value } from './types.ts';

// The words that models are written in. Shapes follow NumPy's rules; `Operand` numbers become constants.

export type Operand = Value | number;

export const add = (a: Operand, b: Operand): Value => apply('add', [toValue(a), toValue(b)], {});
export const sub = (a: Operand, b: Operand): Value => apply('sub', [toValue(a), toValue(b)], {});
export const mul = (a: Operand, b: Operand): Value => apply('mul', [toValue(a), toValue(b)], {});
export const div = (a: Operand, b: Operand): Value => apply('div', [toValue(a), toValue(b)], {});
export const neg = (x: Value): Value => mul(x, -1);
export const exp = (x: Value): Value => apply('exp', [x], {});
export const log = (x: Value): Value => apply('log', [x], {});
export const sqrt = (x: Value): Value => apply('sqrt', [x], {});
export const sigmoid = (x: Value): Value => apply('sigmoid', [x], {});
export const tanh = (x: Value): Value => apply('tanh', [x], {});
export const relu = (x: Value): Value => apply('relu', [x], {});
export const silu = (x: Value): Value => apply('silu', [x], {});
/** 1 where x > 0, else 0; no gradient. */
export const positive = (x: Value): Value => apply('positive', [x], {});
/** x with no gradient through it. */
export const detach = (x: Value): Value => apply('detach', [x], {});
export const where = (mask: Value, yes: Operand, no: Operand): Value =>
  apply('where', [mask, toValue(yes), toValue(no)], {});

/** alpha * A B over the last two axes, either side transposed there. */
export function matMul(
  a: Value,
  b: Value,
  options: { transA?: boolean; transB?: boolean; alpha?: number } = {},
): Value {
  return apply('matMul', [a, b], { transA: false, transB: false, alpha: 1, ...options });
}

/**
 * x [n, columns] -> [n, rows]: x times the transpose of a frozen matrix [rows, columns] in 4 or 8 bits. With `rounded`
 * x goes in 8 bits too, and products are of integers, which is what makes it fast.
 */
export const quantizedMatMul = (x: Value, matrix: QuantizedMatrix, rounded = true): Value =>
  apply('quantizedMatMul', [x, matrix.packed, matrix.scales], { matrix, rounded });

export function reduceSum(x: Value, axes: number[], keepDims = false): Value {
  return axes.length === 0 ? x : apply('reduceSum', [x], { axes, keepDims });
}

export function reduceMean(x: Value, axes: number[], keepDims = false): Value {
  return apply('reduceMean', [x], { axes, keepDims });
}

export const sumAll = (x: Value): Value => reduceSum(x, range(x.shape.length));

export function reshape(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : apply('reshape', [x], { shape });
}

export const transpose = (x: Value, permutation: number[]): Value => apply('transpose', [x], { permutation });

export function expand(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : apply('expand', [x], { shape });
}

/** Joins along an axis; `size` names the joined size where it cannot be added up. */
export function concat(values: Value[], axis: number, size?: Dim): Value {
  const at = resolveAxis(axis, values[0].shape.length);
  const sizes = values.map((value) => value.shape[at]);
  const sum = sizes.every((dim) => typeof dim === 'number')
    ? sizes.reduce((a, b) => a + b, 0)
    : sizes.join('+');
  return apply('concat', values, { axis: at, size: size ?? sum });
}

export function slice(x: Value, axis: number, start: number, end: number): Value {
  return apply('slice', [x], { axis: resolveAxis(axis, x.shape.length), start, end });
}

/** table [rows, ...], ids [...] -> [..ids, ...]; ids that are known to be `distinct` make the gradient fast. */
export function gatherRows(table: Value, ids: Value, { distinct = false } = {}): Value {
  return apply('gatherRows', [table, ids], { distinct });
}

/** updates [n, ...], ids [n] -> [rows, ...], updates of one id added up. */
export function scatterAddRows(updates: Value, ids: Value, rows: Dim, { distinct = false } = {}): Value {
  return apply('scatterAddRows', [updates, ids], { rows, distinct });
}

/** Rows of ids in a table that holds the ids [low, high]; ids outside go to its ends. */
export const localIds = (ids: Value, low: number, high: number): Value =>
  apply('localIds', [ids], { low, high });

/** A bool for each id: is it at least `bound`? */
export const atLeast = (ids: Value, bound: number): Value => apply('atLeast', [ids], { bound });

/**
 * there [batch, total] of int64, 0 where padding stands; fresh [batch, length], the last of these tokens ->
 * [batch, 1, 1, length, total]: 0 where a token may look, `hidden` behind itself and at padding.
 */
export const causalMask = (there: Value, fresh: Value, hidden: number): Value =>
  apply('causalMask', [there, fresh], { hidden });

/** Over the last axis. */
export const softmax = (x: Value): Value => apply('softmax', [x], {});

/** log(sum(exp(x))) over the last axis, which is kept: [..., n] -> [..., 1]. */
export const logSumExp = (x: Value): Value => apply('logSumExp', [x], {});

/** logits [n, classes], targets [n] of int64 -> losses [n]. */
export const crossEntropy = (logits: Value, targets: Value): Value =>
  apply('crossEntropy', [logits, targets], {});

/** logits [n, classes], targets [n, classes], rows of which add up to 1 -> losses [n]; no gradient by the targets. */
export const softCrossEntropy = (logits: Value, targets: Value): Value =>
  apply('softCrossEntropy', [logits, targets], {});

/**
 * Cross entropy of the logits alpha * rows tableT, losses [n]: for heads of many classes, at less memory and time
 * than `matMul` and `crossEntropy`. rows [n, width], table [classes, width], targets [n] of int64.
 */
export const linearCrossEntropy = (rows: Value, table: Value, targets: Value, alpha = 1): Value =>
  apply('linearCrossEntropy', [rows, table, targets], { alpha });

export const rmsNorm = (x: Value, weight: Value, epsilon: number): Value =>
  apply('rmsNorm', [x, weight], { epsilon });

export function layerNorm(x: Value, weight: Value, bias: Value, epsilon: number): Value {
  return applyAll('layerNorm', [x, weight, bias], { epsilon })[0];
}

/** Rotary position embedding of x [batch, heads, length, size] (Su et al. 2021), halves rotated as LLaMA does. */
export function rotary(x: Value, positions: Value, cos: Value, sin: Value, inverse = false): Value {
  return apply('rotary', [x, positions, cos, sin], { inverse });
}

/** Dropout by factors of 0 or 1 / (1 - rate), drawn by the caller (`fillKeepFactors`). */
export const dropout = (x: Value, keepFactors: Value): Value => mul(x, keepFactors);

/** x / ||x|| over the last axis. */
export function l2Normalize(x: Value, epsilon = 1e-12): Value {
  return div(x, sqrt(add(reduceSum(mul(x, x), [-1], true), epsilon)));
}

/** Sums x over the axes along which a tensor of this shape was broadcast to it. */
export function sumTo(x: Value, shape: Shape): Value {
  return reshape(reduceSum(x, broadcastAxes(x.shape, shape)), shape);
}

/** [.., a, b] -> [.. * a, b]: all axes but the last folded. */
export function foldRows(x: Value): Value {
  return reshape(x, [multiplyDims(x.shape.slice(0, -1)), x.shape.at(-1)!]);
}

export function toValue(operand: Operand): Value {
  return typeof operand === 'number' ? scalar(operand) : operand;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}
