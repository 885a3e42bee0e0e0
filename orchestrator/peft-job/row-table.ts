import { int64From } from '../engine/int64.ts';
import type { TrainingRow } from '../prompts/types.ts';
import type { StoredTensor } from '../storage/safetensors.ts';

/**
 * Rows as flat tensors, in their order: `tokens` [T] and `loss_weights` [T] with `row_offsets` [rows + 1] into both;
 * and for each summary [S] `summary_rows`, `summary_positions` within the row, `summary_items`, and `summary_events`,
 * -1 where the row is no history.
 */
export function rowTable(rows: readonly TrainingRow[], prefix = ''): Record<string, StoredTensor> {
  const total = rows.reduce((sum, { input_ids }) => sum + input_ids.length, 0);
  const tokens = new Int32Array(total);
  const weights = new Float32Array(total);
  const offsets = new Float64Array(rows.length + 1);
  const summaries = rows.flatMap((row, at) =>
    row.summaries.map((summary) => ({ at, event: -1, ...summary })),
  );
  let start = 0;
  for (const [at, { input_ids, loss_weights }] of rows.entries()) {
    tokens.set(input_ids, start);
    weights.set(loss_weights, start);
    start += input_ids.length;
    offsets[at + 1] = start;
  }
  const column = (data: Int32Array) => ({ shape: [data.length], data });
  return {
    [`${prefix}tokens`]: column(tokens),
    [`${prefix}loss_weights`]: { shape: [total], data: weights },
    [`${prefix}row_offsets`]: { shape: [offsets.length], data: int64From(offsets) },
    [`${prefix}summary_rows`]: column(Int32Array.from(summaries, ({ at }) => at)),
    [`${prefix}summary_positions`]: column(Int32Array.from(summaries, ({ position }) => position)),
    [`${prefix}summary_items`]: column(Int32Array.from(summaries, ({ item }) => item)),
    [`${prefix}summary_events`]: column(Int32Array.from(summaries, ({ event }) => event)),
  };
}
