import { type FloatView, floats } from '../../engine/floats.ts';
import type { TensorView } from '../../engine/program.ts';
import type { FloatTensor } from '../../storage/safetensors.ts';
import type { DiceLayer } from './din-graph.ts';

const momentum = 0.98;
const epsilon = 1e-6;

/**
 * Running mean and variance of what goes into each Dice. They are used in training and in ranking alike (the
 * statistics of earlier batches, not of the one at hand), so that a score never depends on its neighbours.
 */
export interface DiceStatistics {
  /** `NAME.mean` and `NAME.variance`, [width]. */
  buffers: Record<string, FloatTensor>;
  /** The inputs that the graph reads. */
  feeds(): Record<string, FloatView>;
  /** Takes in a batch's `NAME/sum` and `NAME/squares` over so many pairs (attention) and candidates (head). */
  update(moments: Record<string, TensorView>, pairs: number, candidates: number): void;
}

export function createDiceStatistics(layers: readonly DiceLayer[]): DiceStatistics {
  const buffers: Record<string, FloatTensor> = {};
  const views: Record<string, FloatView> = {};
  for (const { name, width } of layers) {
    buffers[`${name}.mean`] = { shape: [width], data: new Float32Array(width) };
    buffers[`${name}.variance`] = { shape: [width], data: new Float32Array(width).fill(1) };
    views[`${name}/mean`] = { shape: [width], data: buffers[`${name}.mean`].data };
    views[`${name}/inverse_deviation`] = { shape: [width], data: new Float32Array(width) };
  }
  return {
    buffers,
    feeds() {
      for (const { name } of layers) {
        const variance = buffers[`${name}.variance`].data;
        const inverse = views[`${name}/inverse_deviation`].data;
        for (let at = 0; at < inverse.length; at++) inverse[at] = 1 / Math.sqrt(variance[at] + epsilon);
      }
      return views;
    },
    update(moments, pairs, candidates) {
      for (const { name, masked } of layers) {
        const count = masked ? pairs : candidates;
        const sum = floats(moments[`${name}/sum`]);
        const squares = floats(moments[`${name}/squares`]);
        const mean = buffers[`${name}.mean`].data;
        const variance = buffers[`${name}.variance`].data;
        for (let at = 0; at < sum.length; at++) {
          const batchMean = sum[at] / count;
          const batchVariance = Math.max(0, squares[at] / count - batchMean * batchMean);
          mean[at] = momentum * mean[at] + (1 - momentum) * batchMean;
          variance[at] = momentum * variance[at] + (1 - momentum) * batchVariance;
        }
      }
    },
  };
}
