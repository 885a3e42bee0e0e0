import { createBreathe } from '../../shared/breathe.ts';
import { UserError } from '../../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../../shared/matrix.ts';
import { normaliseRows } from './normalise-rows.ts';
import { type TfIdfOptions, tfIdf, tfIdfDefaults } from './tf-idf.ts';
import { truncatedSvd } from './truncated-svd.ts';
import type { SemanticEncoder } from './types.ts';

export interface LsaOptions extends TfIdfOptions {
  dimensions: number;
  seed: number;
}

/**
 * Latent semantic analysis (Deerwester et al. 1990): TF-IDF of the words, then a truncated SVD; an item's vector is
 * its row of U S, brought to length 1. Needs no model and no network.
 * Columns beyond the rank of a tiny catalogue are zero, so that the width is always `dimensions`.
 * Throws a UserError where no word stands in enough items to tell them apart.
 */
export function lsaEncoder({ dimensions, seed, ...tfIdfOptions }: LsaOptions): SemanticEncoder {
  checkOptions(dimensions, tfIdfOptions);
  return async (texts, work = {}) => {
    const { matrix, terms } = await tfIdf(texts, tfIdfOptions, createBreathe(work.signal));
    if (terms.length === 0) throw noTerms(texts);
    const { values, left } = await truncatedSvd(matrix, dimensions, seed, work);
    if (left.length < dimensions)
      work.report?.({
        type: 'warning',
        text: `the item texts span only ${left.length} dimensions (${matrix.rows} items, ${terms.length} terms); the other ${dimensions - left.length} are zero`,
      });
    work.report?.({ type: 'figures', figures: { terms: terms.length } });
    return normaliseRows(scaledRows(matrix.rows, dimensions, values, left));
  };
}

function scaledRows(rows: number, dimensions: number, values: Float64Array, left: Float64Array[]): Matrix {
  const result = createMatrix(rows, dimensions);
  for (const [column, vector] of left.entries())
    for (let row = 0; row < rows; row++)
      result.data[row * dimensions + column] = vector[row] * values[column];
  // TF-IDF rows have length 1: where next to nothing of one is left, its direction is noise.
  for (let row = 0; row < rows; row++)
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
