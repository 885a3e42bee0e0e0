import type { WeightSource } from '../../orchestrator/models/model.ts';
import { referenceT5Logits, referenceT5States } from './reference-t5.ts';
import { dot, matVec, plus, type Row, softmaxRow } from './rows.ts';
import { readLively, tinyLigerConfig, tokensOf } from './tiny-liger.ts';

// A LIGER written down plainly, for the tiny one.

const { backbone, text_size, max_items, items } = tinyLigerConfig;
const width = backbone.d_model;
const t5Weights: WeightSource = { read: (name) => readLively(name) };
const rowOf = (name: string, at: number): Row => [...readLively(name).subarray(at * width, (at + 1) * width)];

/** An item's text, projected. */
function textOf(item: number): Row {
  const text = [...readLively('items.texts.weight').subarray(item * text_size, (item + 1) * text_size)];
  const projected = matVec(readLively('items.projection.weight'), [width, text_size], text);
  return plus(projected, [...readLively('items.projection.bias')]);
}

/** What the encoder reads: a row for each digit of each of the latest items. */
function rowsOf(history: readonly number[]): Row[] {
  return history.slice(-max_items).flatMap((item, place) =>
    tokensOf(item).map((token, digit) => {
      const meaning = plus(rowOf('shared.weight', token), textOf(item));
      const places = plus(rowOf('items.positions.weight', place), rowOf('items.digits.weight', digit));
      return normalised(plus(meaning, places));
    }),
  );
}

function normalised(x: Row): Row {
  const mean = x.reduce((sum, value) => sum + value, 0) / width;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
  const [weight, bias] = [readLively('items.norm.weight'), readLively('items.norm.bias')];
  return x.map((value, at) => ((value - mean) / Math.sqrt(variance + 1e-8)) * weight[at] + bias[at]);
}

/** Logits of the vocabulary behind the start token and each token that was written. */
export function plainLogits(history: readonly number[], written: readonly number[]): Row[] {
  return referenceT5Logits(backbone, t5Weights, rowsOf(history), written);
}

/** Shares [items] of all items by the cosines of their texts with the state of the latest digit. */
export function plainShares(
  history: readonly number[],
  among = Array.from({ length: items }, () => true),
): Row {
  const asked = referenceT5States(backbone, t5Weights, rowsOf(history)).at(-1)!;
  const cosines = Array.from({ length: items }, (_, item) => {
    const text = textOf(item);
    return dot(asked, text) / Math.sqrt(dot(asked, asked) * dot(text, text));
  });
  return softmaxRow(
    cosines.map((cosine, item) => (among[item] ? cosine / tinyLigerConfig.temperature : -1e9)),
  );
}
