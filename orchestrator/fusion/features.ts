import type { Dataset } from '../dataset/types.ts';
import type { CountRow } from '../evaluation/count-rows.ts';
import { popularityOf } from '../evaluation/popularity.ts';
import { type Matrix, rowOf } from '../shared/matrix.ts';
import { centredRows } from './centred-rows.ts';
import { neighboursOf } from './neighbours.ts';

/** What the voices say of one item, each the log of a probability; null where a voice has not found it. */
export interface Voices {
  model: number | null;
  encoder: number;
}

/** An item that may stand in the list. */
export interface Candidate extends Voices {
  item: number;
}

/** The features of a candidate, in their order. */
export const featureNames = [
  'log probability of the model',
  'log probability of the encoders',
  'followed the last item',
  'followed late items',
  'followed the last item, as a share',
  'followed late items, as a share',
  'together with the last item',
  'together with late items',
  'together with one late item, at most',
  'text like that of the last item',
  'text like that of one late item, at most',
  'text like those of late items',
  'popularity',
  'length of the history',
  'was had before',
  'was had lately',
] as const;

export const featureCount = featureNames.length;

/** Items at the end of the history that are compared, and what each counts beside the one after it. */
const late = 10;
const decay = 0.7;
/** Less than this a voice does not say: below it, probabilities are noise. */
const lowestLog = -14;
/** Rows of few counts are pulled to 0. */
const fewCounts = 5;

/** What features are made from. */
export interface Evidence {
  /** [candidates x features], row by row. `history`: oldest first, not empty. */
  featuresOf(history: Int32Array, candidates: readonly Candidate[]): Float32Array;
}

/** `semantic`: [items x width], vectors of their texts. */
export function evidenceOf(dataset: Dataset, semantic: Matrix): Evidence {
  const { followed, together } = neighboursOf(dataset);
  const popularity = popularityOf(dataset);
  const texts = centredRows(semantic);
  /** [items] column of a candidate plus 1, while features are made. */
  const placeOf = new Int32Array(dataset.items.length);

  return {
    featuresOf(history, candidates) {
      const rows = new Float32Array(candidates.length * featureCount);
      const put = (place: number, feature: number, value: number) => {
        rows[place * featureCount + feature] = value;
      };
      const raise = (place: number, feature: number, value: number) => {
        rows[place * featureCount + feature] += value;
      };
      const most = (place: number, feature: number, value: number) => {
        const at = place * featureCount + feature;
        rows[at] = Math.max(rows[at], value);
      };
      for (const [place, { item }] of candidates.entries()) placeOf[item] = place + 1;
      const each = (
        { items, counts }: CountRow,
        use: (place: number, item: number, count: number) => void,
      ) => {
        for (let at = 0; at < items.length; at++) {
          const place = placeOf[items[at]] - 1;
          if (place >= 0) use(place, items[at], counts[at]);
        }
      };
      const lately = history.subarray(-late).toReversed();
      let weights = 0;
      for (const [back, past] of lately.entries()) {
        const weight = decay ** back;
        weights += weight;
        each(followed(past), (place, _item, count) => {
          const share = (10 * count) / (popularity[past] + fewCounts);
          if (back === 0) put(place, 2, Math.log1p(count));
          raise(place, 3, weight * count);
          if (back === 0) put(place, 4, share);
          raise(place, 5, weight * share);
        });
        each(together(past), (place, item, count) => {
          const cosine =
            (10 * count) / Math.sqrt((popularity[past] + fewCounts) * (popularity[item] + fewCounts));
          if (back === 0) put(place, 6, cosine);
          raise(place, 7, weight * cosine);
          most(place, 8, cosine);
        });
        for (const [place, { item }] of candidates.entries()) {
          const likeness = product(rowOf(texts, past), rowOf(texts, item));
          if (back === 0) {
            put(place, 9, likeness);
            put(place, 10, likeness);
          } else most(place, 10, likeness);
          raise(place, 11, weight * likeness);
        }
      }
      for (const [place, { item, model, encoder }] of candidates.entries()) {
        const at = place * featureCount;
        put(place, 0, Math.max(model ?? lowestLog, lowestLog));
        put(place, 1, Math.max(encoder, lowestLog));
        put(place, 3, Math.log1p(rows[at + 3]));
        put(place, 11, rows[at + 11] / weights);
        put(place, 12, Math.log1p(popularity[item]));
        put(place, 13, Math.log(history.length));
        const last = history.lastIndexOf(item);
        put(place, 14, last >= 0 ? 1 : 0);
        put(place, 15, last >= 0 ? 1 / (history.length - last) : 0);
        placeOf[item] = 0;
      }
      return rows;
    },
  };
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
