import { createBreathe } from '../../shared/breathe.ts';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { normaliseRows } from './normalise-rows.ts';
import { multiplyTransposed } from './sparse-matrix.ts';
import { type TfIdfOptions, tfIdf, tfIdfBy, tfIdfDefaults } from './tf-idf.ts';
import { truncatedSvd } from './truncated-svd.ts';
import type { LongWork, SemanticEncoder } from './types.ts';

export interface LsaOptions extends TfIdfOptions {
  dimensions: number;
  seed: number;
  /** Called with what was learned from the texts. */
  onFitted?: ((fitted: FittedLsa) => void) | undefined;
}

/**
 * Latent semantic analysis (Deerwester et al. 1990): TF-IDF of the words, then a truncated SVD; an item's vector is
 * its row of U S, brought to length 1. Needs no model and no network.
 * Columns beyond the rank of a tiny catalogue are zero, so that the width is always `dimensions`.
 * Throws a UserError where no word stands in enough items to tell them apart.
 */
export function lsaEncoder({ dimensions, seed, onFitted, ...tfIdfOptions }: LsaOptions): SemanticEncoder {
  checkOptions(dimensions, tfIdfOptions);
  return async (texts, work = {}) => {
    const decomposed = await decompose(texts, { dimensions, seed, ...tfIdfOptions }, work);
    const { matrix, terms, values, left } = decomposed;
    onFitted?.(await fittedFrom(decomposed, dimensions, work));
    if (left.length < dimensions)
      work.report?.({
        type: 'warning',
        text: `the item texts span only ${left.length} dimensions (${matrix.rows} items, ${terms.length} terms); the other ${dimensions - left.length} are zero`,
      });
    work.report?.({ type: 'figures', figures: { terms: terms.length } });
    return normaliseRows(scaledRows(matrix.rows, dimensions, values, left));
  };
}

/** What such an encoder learned from the texts of a catalogue, so that further items get vectors of the same space. */
export interface FittedLsa {
  terms: string[];
  /** [terms] */
  idf: Float64Array;
  /** [terms, dimensions] right singular vectors: a row of term weights times it is the item's row of U S */
  basis: Matrix;
}

export async function fitLsa(
  texts: string[][],
  options: Pick<LsaOptions, 'dimensions' | 'seed'>,
  work: LongWork = {},
): Promise<FittedLsa> {
  return fittedFrom(await decompose(texts, options, work), options.dimensions, work);
}

async function fittedFrom(
  { matrix, terms, idf, values, left }: Decomposed,
  dimensions: number,
  { signal }: LongWork,
): Promise<FittedLsa> {
  const breathe = createBreathe(signal);
  const basis = createMatrix(terms.length, dimensions);
  for (const [column, vector] of left.entries()) {
    await breathe();
    if (values[column] === 0) continue;
    const right = multiplyTransposed(matrix, vector);
    for (let term = 0; term < right.length; term++)
      basis.data[term * basis.columns + column] = right[term] / values[column];
  }
  return { terms, idf, basis };
}

/** Vectors of any items by a fitted encoder; zero where no word of a text is known. */
export async function encodeByLsa(
  fitted: FittedLsa,
  texts: string[][],
  work: LongWork = {},
): Promise<Matrix> {
  const { basis } = fitted;
  const weights = await tfIdfBy(fitted, texts, {}, createBreathe(work.signal));
  const result = createMatrix(texts.length, basis.columns);
  for (let row = 0; row < texts.length; row++) {
    const to = rowOf(result, row);
    for (let at = weights.rowStart[row]; at < weights.rowStart[row + 1]; at++) {
      const from = rowOf(basis, weights.columnOf[at]);
      for (let column = 0; column < to.length; column++) to[column] += weights.values[at] * from[column];
    }
  }
  return normaliseRows(withoutNoise(result));
}

type Decomposed = Awaited<ReturnType<typeof decompose>>;

async function decompose(
  texts: string[][],
  { dimensions, seed, ...tfIdfOptions }: Omit<LsaOptions, 'onFitted'>,
  work: LongWork,
) {
  const weighed = await tfIdf(texts, tfIdfOptions, reading(texts.length, work));
  if (weighed.terms.length === 0) throw noTerms(texts);
  return { ...weighed, ...(await truncatedSvd(weighed.matrix, dimensions, seed, work)) };
}

/** To be called for each item, each time that its words are read. */
function reading(items: number, { report, signal }: LongWork): () => Promise<void> {
  const breathe = createBreathe(signal);
  // Once to count in how many items each word stands, once to weigh them.
  const total = 2 * items;
  let done = 0;
  return async () => {
    if (++done % 256 === 0 || done === total)
      report?.({ type: 'progress', label: 'words of the texts', done, total });
    await breathe();
  };
}

function scaledRows(rows: number, dimensions: number, values: Float64Array, left: Float64Array[]): Matrix {
  const result = createMatrix(rows, dimensions);
  for (const [column, vector] of left.entries())
    for (let row = 0; row < rows; row++)
      result.data[row * dimensions + column] = vector[row] * values[column];
  return withoutNoise(result);
}

/** TF-IDF rows have length 1: where next to nothing of one is left, its direction is noise. */
function withoutNoise(result: Matrix): Matrix {
  for (let row = 0; row < result.rows; row++)
    if (Math.hypot(...rowOf(result, row)) < 1e-6) rowOf(result, row).fill(0);
  return result;
}

function checkOptions(dimensions: number, options: TfIdfOptions): void {
  const { fieldWeights, minItems = tfIdfDefaults.minItems, maxShare = tfIdfDefaults.maxShare } = options;
  const wrong = (what: string, expected: string, got: unknown) =>
    new UserError('embedding/wrong-option', `${what} must be ${expected}, got ${got}`, {
      place: 'embedding.semantic',
      remedy: `Correct ${what} in the recipe.`,
    });
  if (!Number.isInteger(dimensions) || dimensions < 1)
    throw wrong('dimensions', 'a whole number from 1', dimensions);
  if (!Number.isInteger(minItems) || minItems < 1)
    throw wrong('min_items', 'a whole number from 1', minItems);
  if (!(maxShare > 0 && maxShare <= 1)) throw wrong('max_share', 'above 0 and at most 1', maxShare);
  if (fieldWeights?.some((weight) => !(weight >= 0 && Number.isFinite(weight))))
    throw wrong('field_weights', 'numbers from 0', `[${fieldWeights}]`);
}

function noTerms(texts: string[][]): UserError {
  const withText = texts.filter((fields) => fields.some((text) => text !== '')).length;
  return new UserError(
    'embedding/no-terms',
    `no word of the item texts can be used: expected words shared by at least two items, got ${withText} of ${texts.length} items with text and none in common`,
    {
      place: 'embedding.semantic',
      remedy:
        'Name more text fields in embedding.semantic.fields, or check that the items file carries text.',
    },
  );
}
