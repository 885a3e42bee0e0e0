import { type Matrix, rowOf } from '../../shared/matrix.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { rowPredictor } from './predicted-rows.ts';
import type { BehaviourEncoder } from './types.ts';

/** Rows that a prediction is fitted on, at most: more of them say little more, and take long. */
const mostKnown = 20_000;

/**
 * Gives items that were (nearly) never used the rows that their texts predict, from the rows of all others: what training
 * has made of theirs says only that nobody took them. They are predicted as items that are used as often as is usual: so
 * the encoder's probability of one is that of an item like it, and not the little that training leaves to rare ones.
 * Changes the encoders, which score by their rows.
 * `texts` [items x texts' width]; `counts` [items] how often each was used.
 */
export function withPredictedRows(
  encoders: readonly Pick<BehaviourEncoder, 'embedding'>[],
  items: ReadonlySet<number>,
  texts: Matrix,
  counts: ArrayLike<number>,
): void {
  const all = Array.from({ length: texts.rows }, (_, item) => item);
  const known = evenly(
    all.filter((item) => !items.has(item)),
    mostKnown,
  );
  const asked = all.filter((item) => items.has(item));
  const usual = Math.expm1(
    known.reduce((sum, item) => sum + Math.log1p(counts[item]), 0) / Math.max(1, known.length),
  );
  const predict = rowPredictor(
    { texts: takeRows(texts, known), counts: known.map((item) => counts[item]) },
    { texts: takeRows(texts, asked), counts: asked.map(() => usual) },
  );
  for (const { embedding } of encoders) {
    const rows = predict(takeRows(embedding, known));
    for (const [at, item] of asked.entries()) rowOf(embedding, item).set(rowOf(rows, at));
  }
}

function evenly(items: readonly number[], most: number): readonly number[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]);
}
