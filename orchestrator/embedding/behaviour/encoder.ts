import { createMatrix } from '../../shared/matrix.ts';
import type { FloatTensor } from '../../storage/safetensors.ts';
import type { BehaviourEncoder, BehaviourModel, BehaviourScorer, ValidationFigures } from './types.ts';

/** A model with its present weights, as what other stages use. */
export async function asEncoder(
  model: BehaviourModel,
  validation?: ValidationFigures,
): Promise<BehaviourEncoder> {
  const { sizes } = model;
  const scorer = await model.prepareScoring();
  const weights = weightsOf(model);
  // One after another: a scorer has one set of buffers.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    sizes,
    embedding: createMatrix(sizes.items, sizes.hiddenSize, weights.item_embedding.data),
    weights,
    validation,
    score(histories) {
      const scores = turn.then(() => scoreAll(scorer, histories, sizes.items));
      turn = scores.catch(() => {});
      return scores;
    },
    dispose: scorer.dispose,
  };
}

export function weightsOf(model: BehaviourModel): Record<string, FloatTensor> {
  const weights = Object.fromEntries(
    Object.entries(model.store.valueViews).map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data },
    ]),
  );
  return { ...weights, ...model.buffers };
}

/** Scores histories chunk by chunk, those of like length together; empty ones score 0 everywhere. */
export async function scoreAll(
  scorer: BehaviourScorer,
  histories: readonly Int32Array[],
  items: number,
): Promise<Float32Array> {
  const scores = new Float32Array(histories.length * items);
  const order = histories
    .map((_, at) => at)
    .filter((at) => histories[at].length > 0)
    .sort((a, b) => histories[a].length - histories[b].length);
  const scratch = new Float32Array(Math.min(scorer.chunk, order.length) * items);
  for (let start = 0; start < order.length; start += scorer.chunk) {
    const chunk = order.slice(start, start + scorer.chunk);
    const into = scratch.subarray(0, chunk.length * items);
    await scorer.score(
      chunk.map((at) => histories[at]),
      into,
    );
    for (const [row, at] of chunk.entries())
      scores.set(into.subarray(row * items, (row + 1) * items), at * items);
  }
  return scores;
}
