import type { ModelBuilder } from '../onnx/model-builder.ts';
import { formatShape, sameShape } from '../shapes.ts';
import { float32, int64List, type Operation } from './operation.ts';

type Network =
  | 'softmax'
  | 'logSumExp'
  | 'crossEntropy'
  | 'crossEntropyGradient'
  | 'minusOneHot'
  | 'softCrossEntropy'
  | 'linearCrossEntropy'
  | 'rmsNorm'
  | 'layerNorm'
  | 'rotary';

/** Larger steps of neural networks, for which the runtime has one kernel or a short row of them. */
export const networkOps: { [K in Network]: Operation<K> } = {
  softmax: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs, outputs }) => builder.node('Softmax', inputs, outputs, { axis: -1 }),
  },
  // x [..., n] -> [..., 1]
  logSumExp: {
    infer: ([x]) => [float32([...x.shape.slice(0, -1), 1])],
    emit: ({ builder, inputs: [x], outputs }) =>
      builder.node('ReduceLogSumExp', [x, builder.constant(int64List([-1]), [1], 'int64')], outputs, {
        keepdims: 1,
      }),
  },
  // logits [n, classes], targets [n] -> losses [n], log-probabilities [n, classes]
  crossEntropy: {
    infer: ([logits, targets]) => {
      if (targets.dtype !== 'int64') throw new TypeError('crossEntropy needs int64 targets');
      return [float32([logits.shape[0]]), float32(logits.shape)];
    },
    emit: ({ builder, inputs: [logits, targets], outputs }) =>
      emitCrossEntropy(builder, logits, targets, outputs),
  },
  // log-probabilities [n, classes], targets [n], scale [n] -> scale * (softmax - one-hot)  [n, classes]
  crossEntropyGradient: {
    infer: ([logProbabilities]) => [float32(logProbabilities.shape)],
    emit: ({ builder, inputs: [logProbabilities, targets, scale], outputs }) => {
      const axis = builder.constant(int64List([1]), [1], 'int64');
      const [column, scaleColumn, softmax, scaled, minus] = [
        'column',
        'scale',
        'softmax',
        'scaled',
        'minus',
      ].map(builder.fresh);
      builder.node('Unsqueeze', [targets, axis], [column]);
      builder.node('Unsqueeze', [scale, axis], [scaleColumn]);
      builder.node('Exp', [logProbabilities], [softmax]);
      builder.node('Mul', [softmax, scaleColumn], [scaled]);
      builder.node('Neg', [scaleColumn], [minus]);
      builder.node('ScatterElements', [scaled, column, minus], outputs, { axis: 1, reduction: 'add' });
    },
  },
  // x [n, classes], ids [n] -> x less 1 at each row's id
  minusOneHot: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs: [x, ids], outputs, shapeTensor, values }) => {
      const axis = builder.constant(int64List([1]), [1], 'int64');
      const [column, minus] = ['column', 'minus'].map(builder.fresh);
      builder.node('Unsqueeze', [ids, axis], [column]);
      const one = builder.constant(Float32Array.of(-1), [], 'float32');
      builder.node('Expand', [one, shapeTensor([values[0].shape[0], 1])], [minus]);
      builder.node('ScatterElements', [x, column, minus], outputs, { axis: 1, reduction: 'add' });
    },
  },
  // logits [n, classes], targets [n, classes] -> losses [n], log-probabilities [n, classes]
  softCrossEntropy: {
    infer: ([logits, targets]) => {
      if (!sameShape(logits.shape, targets.shape))
        throw new RangeError(
          `softCrossEntropy of ${formatShape(logits.shape)} and ${formatShape(targets.shape)}`,
        );
      return [float32([logits.shape[0]]), float32(logits.shape)];
    },
    emit: ({ builder, inputs: [logits, targets], outputs: [losses, logProbabilities] }) => {
      const axis = builder.constant(int64List([1]), [1], 'int64');
      const [weighted, sum] = ['weighted', 'sum'].map(builder.fresh);
      builder.node('LogSoftmax', [logits], [logProbabilities], { axis: -1 });
      builder.node('Mul', [logProbabilities, targets], [weighted]);
      builder.node('ReduceSum', [weighted, axis], [sum], { keepdims: 0 });
      builder.node('Neg', [sum], [losses]);
    },
  },
  // rows [n, width], table [classes, width], targets [n] -> losses [n], log-probabilities [n, classes]
  linearCrossEntropy: {
    infer: ([rows, table, targets]) => {
      if (targets.dtype !== 'int64') throw new TypeError('linearCrossEntropy needs int64 targets');
      if (rows.shape[1] !== table.shape[1])
        throw new RangeError(
          `linearCrossEntropy of rows of ${rows.shape[1]} and classes of ${table.shape[1]}`,
        );
      return [float32([rows.shape[0]]), float32([rows.shape[0], table.shape[0]])];
    },
    emit: ({ builder, inputs: [rows, table, targets], outputs, attributes: { alpha } }) => {
      const logits = builder.fresh('logits');
      builder.node(
        'FusedMatMul',
        [rows, table],
        [logits],
        { transA: 0, transB: 1, alpha: { float: alpha } },
        'com.microsoft',
      );
      emitCrossEntropy(builder, logits, targets, outputs);
    },
  },
  // x [..., width], weight [width] -> y, 1 / root mean square [..., 1]
  rmsNorm: {
    infer: ([x]) => [float32(x.shape), float32([...x.shape.slice(0, -1), 1])],
    emit: ({ builder, inputs, outputs, attributes }) =>
      builder.node('SimplifiedLayerNormalization', inputs, outputs, {
        axis: -1,
        epsilon: { float: attributes.epsilon },
      }),
  },
  // x [..., width], weight [width], bias [width] -> y, mean [..., 1], 1 / deviation [..., 1]
  layerNorm: {
    infer: ([x]) => {
      const column = float32([...x.shape.slice(0, -1), 1]);
      return [float32(x.shape), column, column];
    },
    emit: ({ builder, inputs, outputs, attributes }) =>
      builder.node('LayerNormalization', inputs, outputs, {
        axis: -1,
        epsilon: { float: attributes.epsilon },
      }),
  },
  // x [batch, heads, length, size], positions [batch, length], cos and sin [longest, size / 2]; halves rotate, as in LLaMA.
  rotary: {
    infer: ([x]) => [float32(x.shape)],
    emit: ({ builder, inputs: [x, positions, cos, sin], outputs, attributes }) => {
      let sine = sin;
      if (attributes.inverse) {
        sine = builder.fresh('minus_sin');
        builder.node('Neg', [sin], [sine]);
      }
      builder.node(
        'RotaryEmbedding',
        [x, positions, cos, sine],
        outputs,
        { interleaved: 0 },
        'com.microsoft',
      );
    },
  },
};

function emitCrossEntropy(
  builder: ModelBuilder,
  logits: string,
  targets: string,
  [losses, logProbabilities]: string[],
): void {
  builder.node('LogSoftmax', [logits], [logProbabilities], { axis: -1 });
  const axis = builder.constant(int64List([1]), [1], 'int64');
  const [column, picked, flat] = ['column', 'picked', 'flat'].map(builder.fresh);
  builder.node('Unsqueeze', [targets, axis], [column]);
  builder.node('GatherElements', [logProbabilities, column], [picked], { axis: 1 });
  builder.node('Squeeze', [picked, axis], [flat]);
  builder.node('Neg', [flat], [losses]);
}
