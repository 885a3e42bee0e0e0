import { applyAll, topologicalOrder } from '../graph.ts';
import type { Node, Value } from '../types.ts';

/**
 * Copies of the nodes within a `recomputed` value, by the nodes that they repeat. What they take from outside, they take
 * `after` the value's gradient is there: so the runtime makes them where they are needed, and not beside the originals.
 * What depends on leaves alone, and integers, are not repeated.
 */
export function computeAnew(
  { inputs: [end], attributes: { first } }: Node<'recomputed'>,
  gradient: Value,
): Map<Node, Node> {
  const copies = new Map<Node, Node>();
  const delayed = new Map<Value, Value>();
  const anew = (value: Value): Value => {
    const { node, output, dtype } = value;
    const copy = copies.get(node);
    if (copy) return copy.outputs[output];
    if (node.id >= first || node.inputs.length === 0 || dtype !== 'float32') return value;
    const known = delayed.get(value) ?? applyAll('after', [value, gradient], {})[0];
    delayed.set(value, known);
    return known;
  };
  for (const node of topologicalOrder([end])) {
    if (node.id < first) continue;
    const inputs = node.inputs.map(anew);
    if (inputs.some((value, at) => value !== node.inputs[at]))
      copies.set(node, applyAll(node.op, inputs, node.attributes)[0].node);
  }
  return copies;
}
