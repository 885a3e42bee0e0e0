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
  const { minItems = tfIdfDefaults.minItems, maxShare = tfIdfDefaults.maxShare, fieldWeights } = options;
  const itemsWith = await countItems(texts, fieldWeights, breathe);
  const maxItems = Math.max(minItems, Math.floor(maxShare * texts.length));
  const terms: string[] = [];
  for (const [term, items] of itemsWith) if (items >= minItems && items <= maxItems) terms.push(term);
  terms.sort((a, b) => (a < b ? -1 : 1));
  const idf = Float64Array.from(
    terms,
    (term) => Math.log((1 + texts.length) / (1 + itemsWith.get(term)!)) + 1,
  );
  return { matrix: await weigh(texts, { terms, idf }, itemsWith, fieldWeights, breathe), terms, idf };
}

/** The same weights for other items, by the terms and the idf of those that `tfIdf` was given. */
export async function tfIdfBy(
  known: { terms: readonly string[]; idf: Float64Array },
  texts: string[][],
  { fieldWeights }: Pick<TfIdfOptions, 'fieldWeights'> = {},
  breathe = async () => {},
): Promise<SparseMatrix> {
  return weigh(texts, known, await countItems(texts, fieldWeights, breathe), fieldWeights, breathe);
}

/** Of each word, in how many items it stands. */
async function countItems(
  texts: string[][],
  fieldWeights: readonly number[] | undefined,
  breathe: () => Promise<void>,
): Promise<Map<string, number>> {
  const itemsWith = new Map<string, number>();
  for (const fields of texts) {
    for (const word of weighWords(fields, fieldWeights).keys())
      itemsWith.set(word, (itemsWith.get(word) ?? 0) + 1);
    await breathe();
  }
  return itemsWith;
}

/** Reads the texts once more: the words of a large catalogue would take more memory than its matrix. */
async function weigh(
  texts: string[][],
  { terms, idf }: { terms: readonly string[]; idf: Float64Array },
  itemsWith: ReadonlyMap<string, number>,
  fieldWeights: readonly number[] | undefined,
  breathe: () => Promise<void>,
): Promise<SparseMatrix> {
  const columns = new Map(terms.map((term, column) => [term, column]));
  const entries = terms.reduce((sum, term) => sum + (itemsWith.get(term) ?? 0), 0);
  const rowStart = new Int32Array(texts.length + 1);
  const columnOf = new Int32Array(entries);
  const values = new Float64Array(entries);
  let at = 0;
  for (const [row, fields] of texts.entries()) {
    const own: [column: number, value: number][] = [];
    let squares = 0;
    for (const [word, weight] of weighWords(fields, fieldWeights)) {
      const column = columns.get(word);
      if (column === undefined) continue;
      const value = weight * idf[column];
      own.push([column, value]);
      squares += value * value;
    }
    own.sort(([a], [b]) => a - b);
    for (const [column, value] of own) {
      columnOf[at] = column;
      values[at++] = value / Math.sqrt(squares);
    }
    rowStart[row + 1] = at;
    await breathe();
  }
  return { rows: texts.length, columns: idf.length, rowStart, columnOf, values };
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
