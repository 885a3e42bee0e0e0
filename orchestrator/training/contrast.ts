import { int64From } from '../engine/int64.ts';
import type { ContrastFeeds, ContrastShape, ContrastSource } from '../model/contrast.ts';
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

export function contrastShape(contrast: Contrast): ContrastShape {
  const items = Object.values(contrast.tables)[0].rows;
  return {
    sources: contrastSources(contrast),
    temperature: contrast.temperature,
    negatives: Math.min(contrast.negatives, items),
  };
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
  contrast: Contrast,
  random: Random,
): ContrastFeeds {
  const summaries = rows.flatMap((row, at) =>
    row.summaries.map(({ position, item }) => ({
      place: at * length + position,
      item,
      weight: contrast.weight / total,
    })),
  );
  // Kernels want at least one row.
  if (summaries.length === 0) summaries.push({ place: 0, item: 0, weight: 0 });
  const tables = Object.entries(contrast.tables);
  const items = tables[0][1].rows;
  const drawn = Int32Array.from({ length: contrastShape(contrast).negatives }, () => random.integer(items));
  const targets = summaries.map(({ item }) => item);
  const blocked = new Float32Array(targets.length * drawn.length);
  for (const [row, target] of targets.entries())
    for (let at = 0; at < drawn.length; at++)
      if (drawn[at] === target) blocked[row * drawn.length + at] = hidden;
  const column = (values: Float32Array | BigInt64Array) => ({ shape: [targets.length], data: values });
  const feeds: ContrastFeeds = {
    'contrast/summaries': column(int64From(summaries.map(({ place }) => place))),
    'contrast/first': column(new BigInt64Array(targets.length)),
    'contrast/weights': column(Float32Array.from(summaries, (summary) => summary.weight)),
    'contrast/blocked': { shape: [targets.length, drawn.length], data: blocked },
  };
  for (const [name, table] of tables) {
    feeds[`contrast/${name}/targets`] = vectorsOf(table, targets);
    feeds[`contrast/${name}/negatives`] = vectorsOf(table, drawn);
  }
  return feeds;
}

function vectorsOf(table: Matrix, items: ArrayLike<number>) {
  const data = new Float32Array(items.length * table.columns);
  for (let row = 0; row < items.length; row++) data.set(rowOf(table, items[row]), row * table.columns);
  return { shape: [items.length, table.columns], data };
}
