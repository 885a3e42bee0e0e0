import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { choleskyOf, solveCholesky } from '../cholesky.ts';
import { centredRowsOf, covariance } from '../principal-components.ts';
import { dot } from '../semantic/orthonormal.ts';
import { sumOfProducts } from '../sum-of-products.ts';

/** Strengths that are tried, as shares of the mean variance of the texts' vectors. */
const strengths = [0.001, 0.01, 0.1, 1];
const foldEvery = 10;

/** Vectors of texts, [items, texts' width], and how often each item was used. */
export interface KnownItems {
  texts: Matrix;
  counts: ArrayLike<number>;
}

/**
 * Predicts the behaviour vectors of items that an encoder has not seen, from their texts: ridge regression from texts to
 * behaviour over the old items, [added, width]. How strong it is held back is chosen on every tenth old item. On the made-up shop of
 * `../shared`, with an encoder that began in the texts, the cosine to the true vector is .80, where the mean of the five
 * items of the most like texts has .59.
 * How often an item was used is a part of what it is predicted from: training has moved items that are seldom used away
 * from what users have in common, and new ones would else be recommended to everybody.
 * What it gives is for any encoder of these items: `behaviour` [old items, width].
 */
export function rowPredictor(old: KnownItems, added: KnownItems): (behaviour: Matrix) => Matrix {
  const known = rowsWithText(old.texts);
  const popularity = scaleOf(known.map((item) => old.counts[item]));
  const features = withPopularity(old, popularity);
  const asked = withPopularity(added, popularity);
  // What takes long depends on the texts alone, and serves all encoders.
  const all = textsOf(features, known);
  const held = known.filter((_, at) => at % foldEvery === foldEvery - 1);
  const rest = known.filter((_, at) => at % foldEvery !== foldEvery - 1);
  const others = held.length > 0 ? textsOf(features, rest) : null;
  // Nothing is known of an item without text but that it is an item.
  for (let item = 0; item < added.texts.rows; item++)
    if (!hasText(rowOf(added.texts, item))) rowOf(asked, item).set(all.mean.subarray(0, added.texts.columns));
  return (behaviour) => {
    const strength = others
      ? bestStrength(features, fitRidge(others, behaviour), behaviour, held)
      : strengths[1];
    const predict = predictorOf(fitRidge(all, behaviour), strength);
    const rows = createMatrix(added.texts.rows, behaviour.columns);
    for (let item = 0; item < rows.rows; item++) rowOf(rows, item).set(predict(rowOf(asked, item)));
    return rows;
  };
}

/** Of the logarithms of counts. */
function scaleOf(counts: readonly number[]): { mean: number; deviation: number } {
  const logs = counts.map((count) => Math.log1p(count));
  const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
  const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, logs.length)) || 1 };
}

/** One column more, of variance 1 among the old items: much beside a text's, so that it is hardly held back. */
function withPopularity(
  { texts, counts }: KnownItems,
  { mean, deviation }: { mean: number; deviation: number },
): Matrix {
  const columns = texts.columns + 1;
  const features = createMatrix(texts.rows, columns);
  for (let item = 0; item < texts.rows; item++) {
    features.data.set(rowOf(texts, item), item * columns);
    features.data[(item + 1) * columns - 1] = (Math.log1p(counts[item]) - mean) / deviation;
  }
  return features;
}

/** The texts of some items, and what the strengths make of them. */
interface Texts {
  rows: readonly number[];
  mean: Float64Array;
  /** [rows][columns] */
  centred: Float64Array[];
  /** The covariance of the texts, held back, as a product that equations are solved by. */
  heldBack(strength: number): Float64Array[];
}

function textsOf(features: Matrix, rows: readonly number[]): Texts {
  const { mean, centred } = centredRowsOf(features, rows);
  const variances = covariance(centred, features.columns);
  const usual = variances.reduce((sum, row, at) => sum + row[at], 0) / variances.length;
  const made = new Map<number, Float64Array[]>();
  const heldBack = (strength: number) =>
    choleskyOf(
      variances.map((row, at) => row.with(at, row[at] + Math.max(strength * usual, Number.MIN_VALUE ** 0.5))),
    );
  return {
    rows,
    mean,
    centred,
    heldBack(strength) {
      const known = made.get(strength) ?? heldBack(strength);
      made.set(strength, known);
      return known;
    },
  };
}

interface Fitted extends Texts {
  behaviourMean: Float64Array;
  /** [columns of the texts][width] their covariances with behaviour */
  covariances: Float64Array[];
}

function fitRidge(texts: Texts, behaviour: Matrix): Fitted {
  const { rows, centred, mean } = texts;
  const behaviourMean = new Float64Array(behaviour.columns);
  for (const row of rows)
    for (const [at, value] of rowOf(behaviour, row).entries()) behaviourMean[at] += value / rows.length;
  const shares = rows.map((row) =>
    Float64Array.from(
      rowOf(behaviour, row),
      (value, column) => (value - behaviourMean[column]) / rows.length,
    ),
  );
  const covariances = sumOfProducts(centred, shares, { rows: mean.length, columns: behaviour.columns });
  return { ...texts, behaviourMean, covariances };
}

/** What the texts of an item say of its behaviour. */
function predictorOf({ mean, heldBack, behaviourMean, covariances }: Fitted, strength: number) {
  const weights = solveCholesky(heldBack(strength), covariances);
  return (text: Float32Array): Float64Array => {
    const result = behaviourMean.slice();
    for (const [at, row] of weights.entries())
      for (let column = 0; column < result.length; column++)
        result[column] += (text[at] - mean[at]) * row[column];
    return result;
  };
}

/** `held`: the items that it is chosen by, on which nothing was fitted. */
function bestStrength(texts: Matrix, fitted: Fitted, behaviour: Matrix, held: readonly number[]): number {
  const cosines = strengths.map((strength) => {
    const predict = predictorOf(fitted, strength);
    return held.reduce((sum, row) => sum + cosine(predict(rowOf(texts, row)), rowOf(behaviour, row)), 0);
  });
  return strengths[cosines.indexOf(Math.max(...cosines))];
}

function cosine(a: Float64Array, b: Float32Array): number {
  const right = Float64Array.from(b);
  return dot(a, right) / (Math.sqrt(dot(a, a) * dot(right, right)) || 1);
}

function rowsWithText(texts: Matrix): number[] {
  return Array.from({ length: texts.rows }, (_, row) => row).filter((row) => hasText(rowOf(texts, row)));
}

function hasText(row: Float32Array): boolean {
  return row.some((value) => value !== 0);
}
