import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { createRandom, type Random } from '../shared/random.ts';
import type { RowStart } from './extension.ts';
import type { VocabularyFile } from './vocabulary-file.ts';

export interface InitialRowsOptions {
  /** `vocabulary.json`, with the rule of each token family. */
  file: VocabularyFile;
  /** [at least base_size, hidden] the base model's embedding (or head); rows from base_size on are read for tokens that it knows. */
  base: Matrix;
  /** [items] token ids of each item's text; ids of added tokens are passed over */
  itemTexts: readonly ArrayLike<number>[];
  itemIndex: { levels: number; codes: ArrayLike<number> };
  /** [items, hidden] what is known of each item, with numbers of about variance 1; for `mean-of-item-vectors` alone. */
  itemVectors?: Matrix | null | undefined;
  seed: number;
}

/**
 * How the embedding rows of the added tokens start: [size - base_size, hidden], row `r` for id `base_size + r`.
 * - mean-of-item-text: mean, over the items that carry the digit at the level, of the mean of their text's rows;
 *   a digit without any such item starts as mean-of-vocabulary.
 * - mean-of-item-vectors: mean of the vectors of the items that carry the digit at the level, brought to deviation
 *   `std`: like clusters start alike, and a digit that is an item's own starts where the item is.
 *   A digit without any item starts as `normal`.
 * - mean-of-vocabulary: mean of the base rows.
 * - normal: N(0, std).
 * - a token that the base has learned already: its row there.
 * Means get seeded normal noise of `noise` times the standard deviation of the base rows' entries: the place of an
 * item within its cluster averages over unlike items, so these rows would hardly differ without it.
 * Pure: equal arguments give equal rows.
 */
export function initialRows(options: InitialRowsOptions): Float32Array {
  const { file, base, seed } = options;
  checkFit(options);
  const rows = createMatrix(file.size - file.base_size, base.columns);
  const deviation = deviationOf(base, file.base_size);
  const vocabularyMean = meanOfRows(base, file.base_size);
  const codes = file.item_codes;
  const rowOfItem = itemRows(options);
  const counts = rowOfItem ? sumOverItems(options, rows, rowOfItem) : null;

  const start = (row: number, rule: RowStart, random: Random) => {
    const values = rowOf(rows, row);
    const count = counts?.[row] ?? 0;
    const std = rule.std ?? deviation;
    const byVectors = rule.initialise === 'mean-of-item-vectors';
    if (byVectors && count > 0) scaleTo(values, std);
    else if (byVectors || rule.initialise === 'normal') addNoise(values, std, random);
    else {
      if (count > 0) for (let at = 0; at < values.length; at++) values[at] /= count;
      else values.set(vocabularyMean);
      addNoise(values, rule.noise * deviation, random);
    }
  };
  for (const [level, { first_id, size }] of codes.levels.entries())
    for (let digit = 0; digit < size; digit++)
      start(first_id + digit - file.base_size, codes, createRandom(seed, 'code-row', level, digit));
  for (const token of file.control_tokens)
    start(token.id - file.base_size, token, createRandom(seed, 'control-row', token.token));
  for (const [row, known] of (file.trained_rows ?? []).entries())
    if (known >= 0) rowOf(rows, row).set(rowOf(base, known));
  return rows.data;
}

function checkFit({ file, base, itemTexts, itemIndex }: InitialRowsOptions): void {
  const highest = (file.trained_rows ?? []).reduce((most, row) => Math.max(most, row), file.base_size - 1);
  if (base.rows <= highest)
    throw new UserError(
      'vocabulary/base-too-small',
      `the base model's embedding has ${base.rows} rows, its tokenizer ${highest + 1} tokens`,
      { remedy: 'Model and tokenizer do not belong together: take both from the same folder.' },
    );
  const sizes = file.item_codes.levels.map(({ size }) => size);
  let fits = itemIndex.levels === sizes.length && itemIndex.codes.length === itemTexts.length * sizes.length;
  for (let at = 0; fits && at < itemIndex.codes.length; at++)
    fits = itemIndex.codes[at] >= 0 && itemIndex.codes[at] < sizes[at % sizes.length];
  if (!fits)
    throw new UserError(
      'vocabulary/index-differs',
      `the item index does not fit the vocabulary, which has levels of size [${sizes.join(', ')}], and the ${itemTexts.length} item texts`,
      { remedy: 'Item index and vocabulary are of different runs: run the vocabulary stage again.' },
    );
}

/** What an item contributes to the rows of its code, [hidden]; null if nothing. */
type RowOfItem = (item: number) => ArrayLike<number> | null;

function itemRows({ file, base, itemTexts, itemVectors }: InitialRowsOptions): RowOfItem | null {
  switch (file.item_codes.initialise) {
    case 'mean-of-item-text':
      return (item) => meanOfText(itemTexts[item], base, file.base_size);
    case 'mean-of-item-vectors':
      if (!itemVectors) throw new TypeError('mean-of-item-vectors needs the vectors of the items');
      return (item) => rowOf(itemVectors, item);
    default:
      return null;
  }
}

function meanOfText(text: ArrayLike<number>, base: Matrix, baseSize: number): Float64Array | null {
  const mean = new Float64Array(base.columns);
  let tokens = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] >= baseSize) continue;
    const row = rowOf(base, text[at]);
    for (let column = 0; column < row.length; column++) mean[column] += row[column];
    tokens++;
  }
  return tokens === 0 ? null : mean.map((value) => value / tokens);
}

/** Adds each item's contribution to the rows of its code; returns how many items each row got. */
function sumOverItems(
  { file, itemTexts, itemIndex }: InitialRowsOptions,
  rows: Matrix,
  rowOfItem: RowOfItem,
): Uint32Array {
  const counts = new Uint32Array(rows.rows);
  for (let item = 0; item < itemTexts.length; item++) {
    const own = rowOfItem(item);
    if (!own) continue;
    for (const [level, { first_id }] of file.item_codes.levels.entries()) {
      const row = first_id + itemIndex.codes[item * itemIndex.levels + level] - file.base_size;
      const values = rowOf(rows, row);
      for (let column = 0; column < values.length; column++) values[column] += own[column];
      counts[row]++;
    }
  }
  return counts;
}

/** Scales the values to the root mean square `deviation`. */
function scaleTo(values: Float32Array, deviation: number): void {
  const present = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  if (present > 0) for (let at = 0; at < values.length; at++) values[at] *= deviation / present;
}

function addNoise(values: Float32Array, std: number, random: Random): void {
  if (std > 0) for (let at = 0; at < values.length; at++) values[at] += std * random.normal();
}

function meanOfRows(matrix: Matrix, rows: number): Float32Array {
  const sum = new Float64Array(matrix.columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < matrix.columns; column++)
      sum[column] += matrix.data[row * matrix.columns + column];
  return Float32Array.from(sum, (value) => value / rows);
}

/** Standard deviation of all entries of the first `rows` rows. */
function deviationOf(matrix: Matrix, rows: number): number {
  let sum = 0;
  let squares = 0;
  const count = rows * matrix.columns;
  for (let at = 0; at < count; at++) {
    sum += matrix.data[at];
    squares += matrix.data[at] ** 2;
  }
  return Math.sqrt(Math.max(squares / count - (sum / count) ** 2, 0));
}
