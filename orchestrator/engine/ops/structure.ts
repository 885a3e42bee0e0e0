import { formatShape, multiplyDims } from '../shapes.ts';
import { float32, int64List, type Operation } from './operation.ts';

/** TensorProto.DataType.BOOL */
const onnxBool = 9;

type Structure =
  | 'reshape'
  | 'transpose'
  | 'expand'
  | 'concat'
  | 'slice'
  | 'pad'
  | 'gatherRows'
  | 'scatterAddRows'
  | 'localIds'
  | 'atLeast'
  | 'causalMask';

export const structureOps: { [K in Structure]: Operation<K> } = {
  reshape: {
    infer: ([x], { shape }) => {
      if (multiplyDims(x.shape) !== multiplyDims(shape))
        throw new RangeError(
          `reshape of ${formatShape(x.shape)} to ${formatShape(shape)} changes the number of elements`,
        );
      return [{ dtype: x.dtype, shape }];
    },
    emit: ({ builder, inputs, outputs, attributes, shapeTensor }) =>
      builder.node('Reshape', [inputs[0], shapeTensor(attributes.shape)], outputs),
  },
  transpose: {
    infer: ([x], { permutation }) => [{ dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis]) }],
    emit: ({ builder, inputs, outputs, attributes }) =>
      builder.node('Transpose', inputs, outputs, { perm: attributes.permutation }),
  },
  expand: {
    infer: (_inputs, { shape }) => [float32(shape)],
    emit: ({ builder, inputs, outputs, attributes, shapeTensor }) =>
      builder.node('Expand', [inputs[0], shapeTensor(attributes.shape)], outputs),
  },
  concat: {
    infer: ([first], { axis, size }) => [float32(first.shape.map((dim, at) => (at === axis ? size : dim)))],
    emit: ({ builder, inputs, outputs, attributes }) =>
      builder.node('Concat', inputs, outputs, { axis: attributes.axis }),
  },
  slice: {
    infer: ([x], { axis, start, end }) => [
      float32(x.shape.map((dim, at) => (at === axis ? end - start : dim))),
    ],
    emit: ({ builder, inputs, outputs, attributes: { axis, start, end } }) => {
      const list = (value: number) => builder.constant(int64List([value]), [1], 'int64');
      builder.node('Slice', [inputs[0], list(start), list(end), list(axis)], outputs);
    },
  },
  // Zeros before and after along one axis: the gradient of `slice`.
  pad: {
    infer: ([x], { axis, before, after }) => [
      float32(x.shape.map((dim, at) => (at === axis ? Number(dim) + before + after : dim))),
    ],
    emit: ({ builder, inputs, outputs, values, attributes: { axis, before, after } }) => {
      const rank = values[0].shape.length;
      const pads = new Array<number>(2 * rank).fill(0);
      pads[axis] = before;
      pads[axis + rank] = after;
      builder.node('Pad', [inputs[0], builder.constant(int64List(pads), [2 * rank], 'int64')], outputs);
    },
  },
  // table [rows, width], ids [...] -> [..., width]
  gatherRows: {
    infer: ([table, ids]) => {
      if (ids.dtype !== 'int64') throw new TypeError('gatherRows needs int64 ids');
      return [{ dtype: table.dtype, shape: [...ids.shape, ...table.shape.slice(1)] }];
    },
    emit: ({ builder, inputs, outputs }) => builder.node('Gather', inputs, outputs, { axis: 0 }),
  },
  // updates [n, width], ids [n] -> [rows, width]: each update is added to the row of its id.
  scatterAddRows: {
    infer: ([updates], { rows }) => [float32([rows, ...updates.shape.slice(1)])],
    emit: ({ builder, inputs: [updates, ids], outputs, values, attributes, shapeTensor }) => {
      const { shape } = values[0];
      const [zeros, column, indices] = ['zeros', 'column', 'indices'].map(builder.fresh);
      const list = (numbers: number[]) => builder.constant(int64List(numbers), [numbers.length], 'int64');
      builder.node('ConstantOfShape', [shapeTensor([attributes.rows, ...shape.slice(1)])], [zeros]);
      if (attributes.distinct) {
        builder.node('Unsqueeze', [ids, list([1])], [column]);
        builder.node('ScatterND', [zeros, column, updates], outputs);
        return;
      }
      // ScatterND would be faster, but where it adds, the runtime spreads the updates over threads without a lock
      // and loses some of those that share an id.
      builder.node('Unsqueeze', [ids, list(shape.slice(1).map((_, at) => at + 1))], [column]);
      builder.node('Expand', [column, shapeTensor(shape)], [indices]);
      builder.node('ScatterElements', [zeros, indices, updates], outputs, { axis: 0, reduction: 'add' });
    },
  },
  localIds: {
    infer: ([ids]) => [{ dtype: 'int64', shape: ids.shape }],
    emit: ({ builder, inputs: [ids], outputs, attributes: { low, high } }) => {
      const bound = (value: number) => builder.constant(int64List([value]), [], 'int64');
      const clipped = builder.fresh('clipped');
      builder.node('Clip', [ids, bound(low), bound(high)], [clipped]);
      builder.node('Sub', [clipped, bound(low)], outputs);
    },
  },
  atLeast: {
    infer: ([ids]) => [{ dtype: 'bool', shape: ids.shape }],
    emit: ({ builder, inputs: [ids], outputs, attributes: { bound } }) =>
      builder.node('GreaterOrEqual', [ids, builder.constant(int64List([bound]), [], 'int64')], outputs),
  },
  // there [batch, total], fresh [batch, length] -> [batch, 1, 1, length, total]
  causalMask: {
    infer: ([there, fresh]) => {
      if (there.dtype !== 'int64') throw new TypeError('causalMask needs int64 marks of the tokens there');
      return [float32([there.shape[0], 1, 1, fresh.shape[1], there.shape[1]])];
    },
    emit: ({ builder, inputs: [there, fresh], outputs, attributes: { hidden } }) => {
      const number = (value: number) => builder.constant(int64List([value]), [], 'int64');
      const axes = (...list: number[]) => builder.constant(int64List(list), [list.length], 'int64');
      const node = (opType: string, inputs: string[], attributes = {}): string => {
        const output = builder.fresh(opType.toLowerCase());
        builder.node(opType, inputs, [output], attributes);
        return output;
      };
      const sizeOf = (name: string) => node('Squeeze', [node('Shape', [name], { start: 1, end: 2 })]);
      const total = sizeOf(there);
      const past = node('Sub', [total, sizeOf(fresh)]);
      const columns = node('Range', [number(0), total, number(1)]);
      const rows = node('Unsqueeze', [node('Range', [past, total, number(1)]), axes(1)]);
      const earlier = node('LessOrEqual', [columns, rows]);
      const present = node('Unsqueeze', [node('Cast', [there], { to: onnxBool }), axes(1, 2, 3)]);
      const seen = node('And', [earlier, present]);
      const value = (each: number) => builder.constant(Float32Array.of(each), [], 'float32');
      builder.node('Where', [seen, value(0), value(hidden)], outputs);
    },
  },
};
