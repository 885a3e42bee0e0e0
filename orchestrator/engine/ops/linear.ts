import { blockSize } from '../quantize.ts';
import { broadcastShapes, formatShape, resolveAxis } from '../shapes.ts';
import type { Dim, Shape } from '../types.ts';
import { type Emission, float32, int64List, type Operation } from './operation.ts';

type Linear = 'matMul' | 'quantizedMatMul' | 'reduceSum' | 'reduceMean';

export const linearOps: { [K in Linear]: Operation<K> } = {
  // alpha * A B over the last two axes, either side transposed there; other axes broadcast.
  matMul: {
    infer: ([a, b], { transA, transB }) => {
      const [rows, inner] = lastTwo(a.shape, transA);
      const [innerOther, columns] = lastTwo(b.shape, transB);
      if (inner !== innerOther)
        throw new RangeError(
          `matMul of ${formatShape(a.shape)} and ${formatShape(b.shape)}: ${inner} is not ${innerOther}`,
        );
      return [float32([...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns])];
    },
    emit: ({ builder, inputs, outputs, attributes: { transA, transB, alpha } }) => {
      if (!transA && !transB && alpha === 1) builder.node('MatMul', inputs, outputs);
      else
        builder.node(
          'FusedMatMul',
          inputs,
          outputs,
          { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } },
          'com.microsoft',
        );
    },
  },
  quantizedMatMul: {
    infer: ([x], { matrix: { rows, columns } }) => {
      if (x.shape.at(-1) !== columns)
        throw new RangeError(`quantizedMatMul of ${formatShape(x.shape)} and a matrix of ${columns} columns`);
      return [float32([...x.shape.slice(0, -1), rows])];
    },
    emit: ({ builder, inputs, outputs, attributes: { matrix, rounded } }) =>
      builder.node(
        'MatMulNBits',
        inputs,
        outputs,
        {
          K: matrix.columns,
          N: matrix.rows,
          bits: matrix.bits,
          block_size: blockSize,
          accuracy_level: rounded ? 4 : 1,
        },
        'com.microsoft',
      ),
  },
  reduceSum: {
    infer: ([x], { axes, keepDims }) => [float32(reduced(x.shape, axes, keepDims))],
    emit: emitReduce('ReduceSum'),
  },
  reduceMean: {
    infer: ([x], { axes, keepDims }) => [float32(reduced(x.shape, axes, keepDims))],
    emit: emitReduce('ReduceMean'),
  },
};

function lastTwo(shape: Shape, transposed: boolean): [Dim, Dim] {
  if (shape.length < 2) throw new RangeError(`matMul needs matrices, got ${formatShape(shape)}`);
  const [rows, columns] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

function reduced(shape: Shape, axes: number[], keepDims: boolean): Shape {
  const gone = new Set(axes.map((axis) => resolveAxis(axis, shape.length)));
  return shape.flatMap((dim, axis) => (gone.has(axis) ? (keepDims ? [1] : []) : [dim]));
}

function emitReduce(opType: string) {
  return ({ builder, inputs, outputs, attributes }: Emission<'reduceSum' | 'reduceMean'>): void => {
    const axes = builder.constant(int64List(attributes.axes), [attributes.axes.length], 'int64');
    builder.node(opType, [inputs[0], axes], outputs, { keepdims: Number(attributes.keepDims) });
  };
}
