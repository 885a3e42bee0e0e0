import { createBreathe } from '../../shared/breathe.ts';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { joinFields } from './item-text.ts';
import { normaliseRows } from './normalise-rows.ts';
import type { SemanticEncoder, TextBatchEncoder } from './types.ts';

export interface FieldOptions {
  /** `mean`: each field alone, then the mean over an item's fields (EAGER-LLM, LC-Rec). `joined`: one text an item. */
  combine?: 'mean' | 'joined' | undefined;
  batchSize?: number | undefined;
  /** Whether rows are brought to length 1, as by default. */
  unitLength?: boolean | undefined;
}

/**
 * Makes an encoder of items out of anything that encodes texts: a transformers.js model, the recipe's own LLaMA.
 * Every different text is encoded once, in batches of texts of about one length; empty fields do not count.
 */
export function fieldEncoder(encode: TextBatchEncoder, options: FieldOptions = {}): SemanticEncoder {
  const { combine = 'mean', batchSize = 32, unitLength = true } = options;
  return async (texts, work = {}) => {
    const itemsOfText = groupByText(
      combine === 'joined' ? texts.map((fields) => [joinFields(fields)]) : texts,
    );
    const distinct = [...itemsOfText.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    if (distinct.length === 0) throw noText(texts.length);
    const breathe = createBreathe(work.signal);
    let sums: Matrix | undefined;
    for (let start = 0; start < distinct.length; start += batchSize) {
      const batch = distinct.slice(start, start + batchSize);
      const vectors = await encode(batch);
      sums ??= createMatrix(texts.length, vectors.columns);
      for (const [at, text] of batch.entries())
        for (const item of itemsOfText.get(text)!) addTo(rowOf(sums, item), rowOf(vectors, at));
      const done = start + batch.length;
      work.report?.({ type: 'progress', label: 'texts encoded', done, total: distinct.length });
      await breathe();
    }
    // The sum and the mean over an item's fields have the same direction.
    return unitLength ? normaliseRows(sums!) : meansOver(itemsOfText, sums!);
  };
}

/** Sums [items, width] over the texts that each item has, divided by their number, in place. */
function meansOver(itemsOfText: ReadonlyMap<string, number[]>, sums: Matrix): Matrix {
  const counts = new Int32Array(sums.rows);
  for (const items of itemsOfText.values()) for (const item of items) counts[item]++;
  for (const [item, count] of counts.entries()) {
    const row = rowOf(sums, item);
    for (let at = 0; at < row.length; at++) row[at] /= Math.max(1, count);
  }
  return sums;
}

function groupByText(texts: string[][]): Map<string, number[]> {
  const itemsOfText = new Map<string, number[]>();
  for (const [item, fields] of texts.entries())
    for (const text of fields) {
      if (text.trim() === '') continue;
      const items = itemsOfText.get(text);
      if (items) items.push(item);
      else itemsOfText.set(text, [item]);
    }
  return itemsOfText;
}

function addTo(sum: Float32Array, values: Float32Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] += values[at];
}

function noText(items: number): UserError {
  return new UserError('embedding/no-text', `none of the ${items} items has any text in the chosen fields`, {
    place: 'embedding.semantic.fields',
    remedy: 'Name the text fields that the items file carries.',
  });
}
