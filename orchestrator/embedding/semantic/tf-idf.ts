import type { SparseMatrix } from './sparse-matrix.ts';
import { wordsOf } from './words.ts';

export interface TfIdfOptions {
  /** [fields] factor of each field; all 1 by default. */
  fieldWeights?: readonly number[] | undefined;
  /** A term must stand in at least so many items; 2 by default. */
  minItems?: number | undefined;
  /** … and in at most this share of them (but never fewer than `minItems`); 0.5 by default. */
  maxShare?: number | undefined;
}

export const tfIdfDefaults = { minItems: 2, maxShare: 0.5 };

/**
 * Term weights of every item, [items x terms], rows of length 1 (or zero where no term is left).
 * weight = sum over fields of fieldWeight * (1 + ln tf), times idf = ln((1 + items) / (1 + df)) + 1.
 * Terms are in the order of their code units, so that the columns do not depend on the order of the items.
 */
export async function tfIdf(
  texts: string[][],
  options: TfIdfOptions = {},
  breathe = async () => {},
): Promise<{ matrix: SparseMatrix; terms: string[]; idf: Float64Array }> {
  const { minItems = tfIdfDefaults.minItems, maxShare = tfIdfDefaults.maxShare } = options;
  const counted = await countTerms(texts, options.fieldWeights, breathe);
  const maxItems = Math.max(minItems, Math.floor(maxShare * texts.length));
  const kept = [...counted.words.keys()]
    .filter((term) => counted.itemsWith[term] >= minItems && counted.itemsWith[term] <= maxItems)
    .sort((a, b) => (counted.words[a] < counted.words[b] ? -1 : 1));
  const terms = kept.map((term) => counted.words[term]);
  const columnOfTerm = new Int32Array(counted.words.length).fill(-1);
  for (const [column, term] of kept.entries()) columnOfTerm[term] = column;
  const idf = Float64Array.from(
    kept,
    (term) => Math.log((1 + texts.length) / (1 + counted.itemsWith[term])) + 1,
  );
  return { matrix: toSparse(counted, columnOfTerm, idf), terms, idf };
}

/** The same weights for other items, by the terms and the idf of those that `tfIdf` was given. */
export async function tfIdfBy(
  { terms, idf }: { terms: readonly string[]; idf: Float64Array },
  texts: string[][],
  { fieldWeights }: Pick<TfIdfOptions, 'fieldWeights'> = {},
  breathe = async () => {},
): Promise<SparseMatrix> {
  const counted = await countTerms(texts, fieldWeights, breathe);
  const columns = new Map(terms.map((term, column) => [term, column]));
  return toSparse(
    counted,
    Int32Array.from(counted.words, (word) => columns.get(word) ?? -1),
    idf,
  );
}

/** Terms numbered as they come up; flat lists, because a map for every item would not fit for large catalogues. */
interface CountedTerms {
  words: string[];
  itemsWith: number[];
  rowStart: number[];
  termOf: number[];
  weights: number[];
}

async function countTerms(
  texts: string[][],
  fieldWeights: readonly number[] | undefined,
  breathe: () => Promise<void>,
): Promise<CountedTerms> {
  const numbers = new Map<string, number>();
  const counted: CountedTerms = { words: [], itemsWith: [], rowStart: [0], termOf: [], weights: [] };
  for (const fields of texts) {
    for (const [word, weight] of weighWords(fields, fieldWeights)) {
      let term = numbers.get(word);
      if (term === undefined) {
        term = counted.words.length;
        numbers.set(word, term);
        counted.words.push(word);
        counted.itemsWith.push(0);
      }
      counted.itemsWith[term]++;
      counted.termOf.push(term);
      counted.weights.push(weight);
    }
    counted.rowStart.push(counted.termOf.length);
    await breathe();
  }
  return counted;
}

function weighWords(fields: string[], fieldWeights: readonly number[] | undefined): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [field, text] of fields.entries()) {
    const factor = fieldWeights?.[field] ?? 1;
    if (factor === 0) continue;
    const counts = new Map<string, number>();
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts)
      weights.set(word, (weights.get(word) ?? 0) + factor * (1 + Math.log(count)));
  }
  return weights;
}

function toSparse(counted: CountedTerms, columnOfTerm: Int32Array, idf: Float64Array): SparseMatrix {
  const rows = counted.rowStart.length - 1;
  const rowStart = new Int32Array(rows + 1);
  const columnOf: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    const entries: [column: number, value: number][] = [];
    let squares = 0;
    for (let at = counted.rowStart[row]; at < counted.rowStart[row + 1]; at++) {
      const column = columnOfTerm[counted.termOf[at]];
      if (column < 0) continue;
      const value = counted.weights[at] * idf[column];
      entries.push([column, value]);
      squares += value * value;
    }
    entries.sort(([a], [b]) => a - b);
    for (const [column, value] of entries) {
      columnOf.push(column);
      values.push(value / Math.sqrt(squares));
    }
    rowStart[row + 1] = columnOf.length;
  }
  return {
    rows,
    columns: idf.length,
    rowStart,
    columnOf: Int32Array.from(columnOf),
    values: Float64Array.from(values),
  };
}
