import * as f from '../../engine/functions.ts';
import { input } from '../../engine/graph.ts';
import type { Value } from '../../engine/types.ts';
import { causalStates, type Drop } from './causal-graph.ts';
import type { BehaviourSizes } from './types.ts';

export interface SasrecHead {
  /** [N, hidden] */
  states: Value;
  /** [items, hidden] */
  table: Value;
  /** Rows of the table at item numbers [C], [C, hidden]. */
  rowsOf(items: Value, options?: { distinct?: boolean }): Value;
  alpha: number;
}

/**
 * SASRec (Kang and McAuley 2018): causal self-attention over a history, inner layers as wide as the states, the item
 * table tied to the output. The scores of all items, [N, items], are alpha * states tableT.
 * Inputs: `items` [B*T], and those of `causalStates`.
 */
export function sasrecHead(
  variables: Record<string, Value>,
  sizes: BehaviourSizes,
  table: Value,
  drop: Drop,
): SasrecHead {
  const { temperature } = sizes;
  const read = f.gatherRows(table, input('items', ['B*T'], 'int64'));
  const states = causalStates(variables, sizes, read, drop);
  const scaled = (x: Value) => (temperature === 0 ? x : f.l2Normalize(x));
  return {
    states: scaled(states),
    table: scaled(table),
    rowsOf: (items, options) => scaled(f.gatherRows(table, items, options)),
    alpha: temperature === 0 ? 1 : 1 / temperature,
  };
}
