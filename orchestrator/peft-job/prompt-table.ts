import { int64From } from '../engine/int64.ts';
import type { StoredTensor } from '../storage/safetensors.ts';

/** Prompts as the worker reads them: `prompts` [T] token ids, `prompt_offsets` [N + 1]. */
export function promptTable(prompts: readonly Int32Array[]): Record<string, StoredTensor> {
  return rowTable('prompts', 'prompt_offsets', prompts);
}

/** Items that are left out of the search of each prompt: `excluded` [E], each once, `excluded_offsets` [N + 1]. */
export function excludedTable(excluded: readonly Iterable<number>[]): Record<string, StoredTensor> {
  return rowTable(
    'excluded',
    'excluded_offsets',
    excluded.map((items) => Int32Array.from(new Set(items))),
  );
}

function rowTable(values: string, begins: string, rows: readonly Int32Array[]): Record<string, StoredTensor> {
  const offsets = new Float64Array(rows.length + 1);
  for (const [at, row] of rows.entries()) offsets[at + 1] = offsets[at] + row.length;
  const whole = new Int32Array(offsets[rows.length]);
  for (const [at, row] of rows.entries()) whole.set(row, offsets[at]);
  return {
    [values]: { shape: [whole.length], data: whole },
    [begins]: { shape: [offsets.length], data: int64From(offsets) },
  };
}
