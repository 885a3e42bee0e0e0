import { int64List, type Operation } from '../ops/operation.ts';
import type { OpName } from '../types.ts';

type Emit<K extends OpName> = Operation<K>['emit'];

/**
 * How operations that otherwise use onnxruntime's own operators are written in the ONNX standard alone: slower, and
 * understood by every runtime.
 */
const standardEmissions: { [K in OpName]?: Emit<K> } = {
  // x * sigmoid(x)
  silu: ({ builder, inputs: [x], outputs }) => {
    const gate = builder.fresh('gate');
    builder.node('Sigmoid', [x], [gate]);
    builder.node('Mul', [x, gate], outputs);
  },
  matMul: ({ builder, inputs: [a, b], outputs, values, attributes: { transA, transB, alpha } }) => {
    const ranks = values.map(({ shape }) => shape.length);
    if (ranks.every((rank) => rank === 2)) {
      const factor = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
      builder.node('Gemm', [a, b], outputs, factor);
      return;
    }
    const turned = (name: string, rank: number): string => {
      const result = builder.fresh('turned');
      const last = [rank - 1, rank - 2];
      builder.node('Transpose', [name], [result], { perm: [...Array(rank - 2).keys(), ...last] });
      return result;
    };
    const factors = [transA ? turned(a, ranks[0]) : a, transB ? turned(b, ranks[1]) : b];
    if (alpha === 1) {
      builder.node('MatMul', factors, outputs);
      return;
    }
    const product = builder.fresh('product');
    builder.node('MatMul', factors, [product]);
    builder.node('Mul', [product, builder.constant(Float32Array.of(alpha), [], 'float32')], outputs);
  },
  // x / sqrt(mean(x^2) + epsilon) * weight
  rmsNorm: ({ builder, inputs: [x, weight], outputs: [y, inverse], attributes: { epsilon } }) => {
    const [square, mean, safe, deviation, normal] = ['square', 'mean', 'safe', 'deviation', 'normal'].map(
      builder.fresh,
    );
    const number = (value: number) => builder.constant(Float32Array.of(value), [], 'float32');
    builder.node('Mul', [x, x], [square]);
    builder.node('ReduceMean', [square, builder.constant(int64List([-1]), [1], 'int64')], [mean], {
      keepdims: 1,
    });
    builder.node('Add', [mean, number(epsilon)], [safe]);
    builder.node('Sqrt', [safe], [deviation]);
    builder.node('Reciprocal', [deviation], [inverse]);
    builder.node('Mul', [x, inverse], [normal]);
    builder.node('Mul', [normal, weight], [y]);
  },
  // (x1, x2) -> (x1 cos - x2 sin, x2 cos + x1 sin), by the halves of the last axis
  rotary: ({ builder, inputs: [x, positions, cos, sin], outputs, attributes: { inverse } }) => {
    const heads = builder.constant(int64List([1]), [1], 'int64');
    const anglesOf = (table: string): string => {
      const [rows, wide] = ['rows', 'angles'].map(builder.fresh);
      builder.node('Gather', [table, positions], [rows], { axis: 0 });
      builder.node('Unsqueeze', [rows, heads], [wide]);
      return wide;
    };
    const [c, s] = [anglesOf(cos), anglesOf(sin)];
    const [first, second] = ['first', 'second'].map(builder.fresh);
    builder.node('Split', [x], [first, second], { axis: -1, num_outputs: 2 });
    const join = (opType: string, left: [string, string], right: [string, string]): string => {
      const [a, b, result] = ['left', 'right', 'turned'].map(builder.fresh);
      builder.node('Mul', left, [a]);
      builder.node('Mul', right, [b]);
      builder.node(opType, [a, b], [result]);
      return result;
    };
    const [minus, plus] = inverse ? ['Add', 'Sub'] : ['Sub', 'Add'];
    const halves = [join(minus, [first, c], [second, s]), join(plus, [second, c], [first, s])];
    builder.node('Concat', halves, outputs, { axis: -1 });
  },
  quantizedMatMul: () => {
    throw new RangeError('the ONNX standard has no product of matrices in few bits');
  },
};

/** What writes an operation: the standard's way where its own is not standard. */
export function standardEmission<K extends OpName>(op: K, own: Emit<K>): Emit<K> {
  return (standardEmissions[op] as Emit<K> | undefined) ?? own;
}
