import { broadcastShapes } from '../shapes.ts';
import type { OpName } from '../types.ts';
import { float32, type Operation } from './operation.ts';

type Elementwise =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'silu'
  | 'where'
  | 'positive'
  | 'detach'
  | 'recomputed'
  | 'after';

export const elementwiseOps: { [K in Elementwise]: Operation<K> } = {
  add: binary('Add'),
  sub: binary('Sub'),
  mul: binary('Mul'),
  div: binary('Div'),
  exp: unary('Exp'),
  log: unary('Log'),
  sqrt: unary('Sqrt'),
  sigmoid: unary('Sigmoid'),
  tanh: unary('Tanh'),
  relu: unary('Relu'),
  detach: unary('Identity'),
  recomputed: unary('Identity'),
  // QuickGelu is x * sigmoid(alpha * x): SiLU at alpha = 1, in one pass.
  silu: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs, outputs }) =>
      builder.node('QuickGelu', inputs, outputs, { alpha: { float: 1 } }, 'com.microsoft'),
  },
  where: {
    infer: ([mask, yes, no]) => {
      if (mask.dtype !== 'bool') throw new TypeError('where needs a bool mask');
      return [float32(broadcastShapes(mask.shape, broadcastShapes(yes.shape, no.shape)))];
    },
    emit: ({ builder, inputs, outputs }) => builder.node('Where', inputs, outputs),
  },
  // A copy of x that cannot be made before y, which the runtime keeps apart from what is computed of x itself.
  after: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs: [x, y], outputs }) => {
      const never = builder.constant(Uint8Array.of(0), [], 'bool');
      const scalar = builder.fresh('scalar');
      builder.node('ReduceMax', [y], [scalar], { keepdims: 0 });
      builder.node('Where', [never, scalar, x], outputs);
    },
  },
  // 1 where x > 0, else 0.
  positive: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs, outputs }) => {
      const above = builder.fresh('above');
      builder.node('Greater', [...inputs, builder.constant(Float32Array.of(0), [], 'float32')], [above]);
      builder.node('Cast', [above], outputs, { to: 1 });
    },
  },
};

function binary<K extends OpName>(opType: string): Operation<K> {
  return {
    infer: ([a, b]) => [float32(broadcastShapes(a.shape, b.shape))],
    emit: ({ builder, inputs, outputs }) => builder.node(opType, inputs, outputs),
  };
}

function unary<K extends OpName>(opType: string): Operation<K> {
  return {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs, outputs }) => builder.node(opType, inputs, outputs),
  };
}
