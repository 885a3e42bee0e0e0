import { add, toValue } from '../functions.ts';
import { topologicalOrder } from '../graph.ts';
import type { Node, OpName, Value } from '../types.ts';
import { computeAnew } from './compute-anew.ts';
import { type GradientRule, gradientRules } from './rules.ts';

/**
 * Reverse-mode differentiation, graph to graph: the gradients of a scalar `loss` by `variables`, in one walk
 * from the loss back. Only paths that reach a variable are followed, so frozen weights cost nothing. Within what is
 * `recomputed`, rules see copies of the nodes, made when the gradient of its end is known.
 * Throws a RangeError when the loss is not a scalar or does not depend on a variable.
 */
export function differentiate(loss: Value, variables: readonly Value[]): Value[] {
  if (loss.shape.length > 0) throw new RangeError(`a loss is a scalar, this one is [${loss.shape}]`);
  const order = topologicalOrder([loss]);
  const relevant = nodesThatReach(order, variables);
  const gradients = new Map<Value, Value>([[loss, toValue(1)]]);
  const copies = new Map<Node, Node>();
  for (const node of order.reverse()) {
    const gradient = gradients.get(node.outputs[0]);
    const rule = gradientRules[node.op] as GradientRule<OpName> | null;
    if (!gradient || !rule || !relevant.has(node)) continue;
    if (isRecomputed(node)) for (const [own, copy] of computeAnew(node, gradient)) copies.set(own, copy);
    for (const [at, inputGradient] of rule(copies.get(node) ?? node, gradient).entries()) {
      const target = node.inputs[at];
      if (!inputGradient || !relevant.has(target.node)) continue;
      const known = gradients.get(target);
      gradients.set(target, known ? add(known, inputGradient) : inputGradient);
    }
  }
  return variables.map((variable) => {
    const gradient = gradients.get(variable);
    if (!gradient) throw new RangeError(`the loss does not depend on "${nameOf(variable)}"`);
    return gradient;
  });
}

function nodesThatReach(order: readonly Node[], variables: readonly Value[]): Set<Node> {
  const relevant = new Set(variables.map(({ node }) => node));
  for (const node of order) if (node.inputs.some((value) => relevant.has(value.node))) relevant.add(node);
  return relevant;
}

function isRecomputed(node: Node): node is Node<'recomputed'> {
  return node.op === 'recomputed';
}

function nameOf(value: Value): string {
  return 'name' in value.node.attributes ? value.node.attributes.name : `%${value.node.id}`;
}
