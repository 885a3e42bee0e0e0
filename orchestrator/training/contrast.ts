import { int64From } from '../engine/int64.ts';
import type { ContrastFeeds, ContrastSource } from '../model/contrast.ts';
import { hidden } from '../model/training-graph.ts';
import type { TrainingRow } from '../prompts/types.ts';
import { createMatrix, type Matrix, rowOf } from '../shared/matrix.ts';
import type { Random } from '../shared/random.ts';

/** Global contrast decompression in a part of training. */
export interface Contrast {
  /** Vectors of all items by source, of unit length. */
  tables: Record<string, Matrix>;
  /** Of each source's loss beside the one of the tokens. */
  weight: number;
  temperature: number;
  /** Items drawn for a pass through the graph; all of its summaries are held against them. */
  negatives: number;
}

export function contrastSources({ tables }: Contrast): ContrastSource[] {
  return Object.entries(tables).map(([name, { columns }]) => ({ name, width: columns }));
}

/** Rows of unit length; a row of zeros stays one. */
export function unitRows(vectors: Matrix): Matrix {
  const unit = createMatrix(vectors.rows, vectors.columns, vectors.data.slice());
  for (let row = 0; row < unit.rows; row++) {
    const own = rowOf(unit, row);
    const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let column = 0; column < own.length; column++) own[column] /= length;
  }
  return unit;
}

/** How many summaries some rows have. */
export function summaryCount(rows: readonly TrainingRow[]): number {
  return rows.reduce((sum, { summaries }) => sum + summaries.length, 0);
}

/**
 * The feeds of a pass whose rows are padded to `length` tokens; `total` is the number of summaries of the whole update.
 * Rows without a target item have no summary and take no part. A negative that is a summary's own target is blocked.
 */
export function contrastFeeds(
  rows: readonly TrainingRow[],
  length: number,
  total: number,
  { tables, weight, negatives }: Contrast,
  random: Random,
): ContrastFeeds {
  const summaries = rows.flatMap((row, at) =>
    row.summaries.map(({ position, item }) => ({
      place: at * length + position,
      item,
      weight: weight / total,
    })),
  );
  // Kernels want at least one row.
  if (summaries.length === 0) summaries.push({ place: 0, item: 0, weight: 0 });
  const items = Object.values(tables)[0].rows;
  const drawn = Int32Array.from({ length: Math.min(negatives, items) }, () => random.integer(items));
  const targets = summaries.map(({ item }) => item);
  const candidates = new Int32Array(targets.length + drawn.length);
  candidates.set(targets);
  candidates.set(drawn, targets.length);
  const blocked = new Float32Array(summaries.length * candidates.length).fill(hidden);
  for (const [row, target] of targets.entries()) {
    const start = row * candidates.length;
    blocked[start + row] = 0;
    for (let at = targets.length; at < candidates.length; at++)
      if (candidates[at] !== target) blocked[start + at] = 0;
  }
  const column = (values: Float32Array | BigInt64Array) => ({ shape: [summaries.length], data: values });
  const feeds: ContrastFeeds = {
    'contrast/summaries': column(int64From(summaries.map(({ place }) => place))),
    'contrast/own': column(int64From(targets.map((_, row) => row))),
    'contrast/weights': column(Float32Array.from(summaries, (summary) => summary.weight)),
    'contrast/blocked': { shape: [summaries.length, candidates.length], data: blocked },
  };
  for (const [name, table] of Object.entries(tables))
    feeds[`contrast/${name}/candidates`] = vectorsOf(table, candidates);
  return feeds;
}

function vectorsOf(table: Matrix, items: ArrayLike<number>) {
  const data = new Float32Array(items.length * table.columns);
  for (let row = 0; row < items.length; row++) data.set(rowOf(table, items[row]), row * table.columns);
  return { shape: [items.length, table.columns], data };
}
