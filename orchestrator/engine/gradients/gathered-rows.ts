import { add } from '../functions.ts';
import { sameShape } from '../shapes.ts';
import type { Node, Value } from '../types.ts';

/** Gradients of rows that were gathered from a table: `updates` [n, ...] belong to the rows `ids` [n]. */
export interface RowGradient {
  ids: Value;
  updates: Value;
}

/** The gradient of a tensor: the sum of what has its shape (null: nothing) and of what belongs to some of its rows. */
export interface SplitGradient {
  whole: Value | null;
  rows: RowGradient[];
}

/**
 * Takes sums of rows out of a gradient, so that they can be added in place, outside of the graph: there they would be
 * spread into a table of their own, one number after the other, which takes the runtime longer than many a model.
 */
export function splitGradient(gradient: Value): SplitGradient {
  const { node } = gradient;
  if (node.op === 'scatterAddRows') {
    const [updates, ids] = node.inputs;
    return { whole: null, rows: [{ ids, updates }] };
  }
  if (!isAddition(node)) return { whole: gradient, rows: [] };
  const [a, b] = node.inputs.map(splitGradient);
  if (a.rows.length + b.rows.length === 0) return { whole: gradient, rows: [] };
  return {
    whole: a.whole && b.whole ? add(a.whole, b.whole) : (a.whole ?? b.whole),
    rows: [...a.rows, ...b.rows],
  };
}

/** Of two tensors of one shape. */
function isAddition({ op, inputs, outputs }: Node): boolean {
  return op === 'add' && inputs.every(({ shape }) => sameShape(shape, outputs[0].shape));
}
