import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { takeRows } from '../../shared/take-rows.ts';
import { rowPredictor } from './row-predictor.ts';
import type { BehaviourEncoder } from './types.ts';

/** Rows that a prediction is fitted on, at most: more of them say little more, and take long. */
const mostKnown = 20_000;

type Encoder = Pick<BehaviourEncoder, 'embedding'>;

/**
 * The rows that texts predict for items that were (nearly) never used, from the rows of all others: what training has made
 * of theirs says only that nobody took them. They are predicted as items that are used as often as is usual: so the
 * encoder's probability of one is that of an item like it, and not the little that training leaves to rare ones.
 * `texts` [items x texts' width]; `counts` [items] how often each was used. Gives [encoders x items, width]: encoder by
 * encoder, items in their order.
 */
export function predictedRows(
  encoders: readonly Encoder[],
  items: ReadonlySet<number>,
  texts: Matrix,
  counts: ArrayLike<number>,
): Matrix {
  const all = Array.from({ length: texts.rows }, (_, item) => item);
  const known = evenly(
    all.filter((item) => !items.has(item)),
    mostKnown,
  );
  const asked = inOrder(items);
  const usual = Math.expm1(
    known.reduce((sum, item) => sum + Math.log1p(counts[item]), 0) / Math.max(1, known.length),
  );
  const predict = rowPredictor(
    { texts: takeRows(texts, known), counts: known.map((item) => counts[item]) },
    { texts: takeRows(texts, asked), counts: asked.map(() => usual) },
  );
  return stacked(encoders.map(({ embedding }) => predict(takeRows(embedding, known))));
}

/** Gives items the rows of `predictedRows`. Changes the encoders, which score by their rows. */
export function takePredictedRows(
  encoders: readonly Encoder[],
  items: ReadonlySet<number>,
  rows: Matrix,
): void {
  for (const [at, { embedding }] of encoders.entries())
    for (const [place, item] of inOrder(items).entries())
      rowOf(embedding, item).set(rowOf(rows, at * items.size + place));
}

function inOrder(items: ReadonlySet<number>): number[] {
  return [...items].sort((a, b) => a - b);
}

function stacked(parts: readonly Matrix[]): Matrix {
  const [{ rows, columns }] = parts;
  const whole = createMatrix(parts.length * rows, columns);
  for (const [at, { data }] of parts.entries()) whole.data.set(data, at * rows * columns);
  return whole;
}

function evenly(items: readonly number[], most: number): readonly number[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]);
}
