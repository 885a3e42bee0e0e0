import { int64From } from '../engine/int64.ts';
import { type Example, joinRow } from '../shared/example.ts';
import type { StoredTensor } from '../storage/safetensors.ts';

/**
 * Rows as flat tensors, in their order: `tokens` [T] and `loss_weights` [T], source and target in one, with
 * `row_offsets` [rows + 1] into both; `source_lengths` [rows], how many tokens of a row are given; and for each summary [S] `summary_rows`, `summary_positions` within the row, `summary_items`, and `summary_events`,
 * -1 where the row is no history.
 */
export function rowTable(rows: readonly Example[], prefix = ''): Record<string, StoredTensor> {
  const joined = rows.map(joinRow);
  const total = joined.reduce((sum, row) => sum + row.tokens.length, 0);
  const tokens = new Int32Array(total);
  const weights = new Float32Array(total);
  const offsets = new Float64Array(rows.length + 1);
  const summaries = joined.flatMap((row, at) =>
    row.summaries.map((summary) => ({ at, event: -1, ...summary })),
  );
  let start = 0;
  for (const [at, row] of joined.entries()) {
    tokens.set(row.tokens, start);
    weights.set(row.weights, start);
    start += row.tokens.length;
    offsets[at + 1] = start;
  }
  const column = (data: Int32Array) => ({ shape: [data.length], data });
  return {
    [`${prefix}tokens`]: column(tokens),
    [`${prefix}loss_weights`]: { shape: [total], data: weights },
    [`${prefix}source_lengths`]: column(Int32Array.from(rows, ({ source }) => source.length)),
    [`${prefix}row_offsets`]: { shape: [offsets.length], data: int64From(offsets) },
    [`${prefix}summary_rows`]: column(Int32Array.from(summaries, ({ at }) => at)),
    [`${prefix}summary_positions`]: column(Int32Array.from(summaries, ({ position }) => position)),
    [`${prefix}summary_items`]: column(Int32Array.from(summaries, ({ item }) => item)),
    [`${prefix}summary_events`]: column(Int32Array.from(summaries, ({ event }) => event)),
  };
}
