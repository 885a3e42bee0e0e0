import { UserError } from '../shared/errors.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import { createRandom, type Random } from '../shared/random.ts';
import type { RowStart } from './extension.ts';
import type { VocabularyFile } from './vocabulary-file.ts';

export interface InitialRowsOptions {
  /** `vocabulary.json`, with the rule of each token family. */
  file: VocabularyFile;
  /** [at least base_size, hidden] the base model's embedding (or head); rows from base_size on are not read. */
  base: Matrix;
  /** [items] token ids of each item's text; ids of added tokens are passed over */
  itemTexts: readonly ArrayLike<number>[];
  itemIndex: { levels: number; codes: ArrayLike<number> };
  seed: number;
}

/**
 * How the embedding rows of the added tokens start: [size - base_size, hidden], row `r` for id `base_size + r`.
 * - mean-of-item-text: mean, over the items that carry the digit at the level, of the mean of their text's rows;
 *   a digit without any such item starts as mean-of-vocabulary.
 * - mean-of-vocabulary: mean of the base rows.
 * - normal: N(0, std).
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
  const textMeans = codes.initialise === 'mean-of-item-text' ? sumItemTexts(options, rows) : null;

  const start = (row: number, rule: RowStart, random: Random) => {
    const values = rowOf(rows, row);
    const count = textMeans?.[row] ?? 0;
    if (rule.initialise === 'normal') addNoise(values, rule.std ?? deviation, random);
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
  return rows.data;
}

function checkFit({ file, base, itemTexts, itemIndex }: InitialRowsOptions): void {
  if (base.rows < file.base_size)
    throw new UserError(
      'vocabulary/base-too-small',
      `the base model's embedding has ${base.rows} rows, its tokenizer ${file.base_size} tokens`,
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

/** Adds each item's text mean to the rows of its code; returns how many items each row got. */
function sumItemTexts({ file, base, itemTexts, itemIndex }: InitialRowsOptions, rows: Matrix): Uint32Array {
  const counts = new Uint32Array(rows.rows);
  const mean = new Float64Array(base.columns);
  for (const [item, text] of itemTexts.entries()) {
    let tokens = 0;
    mean.fill(0);
    for (let at = 0; at < text.length; at++) {
      if (text[at] >= file.base_size) continue;
      const row = rowOf(base, text[at]);
      for (let column = 0; column < row.length; column++) mean[column] += row[column];
      tokens++;
    }
    if (tokens === 0) continue;
    for (const [level, { first_id }] of file.item_codes.levels.entries()) {
      const row = first_id + itemIndex.codes[item * itemIndex.levels + level] - file.base_size;
      const values = rowOf(rows, row);
      for (let column = 0; column < values.length; column++) values[column] += mean[column] / tokens;
      counts[row]++;
    }
  }
  return counts;
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
