import { operations } from './ops/index.ts';
import type { DType, Node, OpAttributes, OpName, Shape, TensorValues, Value } from './types.ts';

let nextId = 0;

/** Applies an operation: makes its node, checked, and returns the node's outputs. */
export function applyAll<K extends OpName>(
  op: K,
  inputs: readonly Value[],
  attributes: OpAttributes[K],
): readonly Value[] {
  const outputs: Value[] = [];
  const node: Node<K> = { id: nextId++, op, inputs, attributes, outputs };
  for (const [output, type] of operations[op].infer(inputs, attributes).entries())
    outputs.push({ ...type, node: node as unknown as Node, output });
  return outputs;
}

/** Applies an operation and returns its first output. */
export function apply<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): Value {
  return applyAll(op, inputs, attributes)[0];
}

/** A tensor given at each run. */
export function input(name: string, shape: Shape, dtype: DType = 'float32'): Value {
  return apply('input', [], { name, shape, dtype });
}

/** A float32 tensor that training changes. */
export function parameter(name: string, shape: Shape): Value {
  return apply('parameter', [], { name, shape, dtype: 'float32' });
}

/** A tensor that never leaves the runtime once the program is compiled. */
export function frozen(
  name: string,
  shape: readonly number[],
  load: () => TensorValues,
  dtype: DType = 'float32',
): Value {
  return apply('frozen', [], { name, shape, dtype, load });
}

/**
 * What `body` returns. A backward pass computes what stands within once more, from what `body` took from outside, and
 * nothing within is kept for it (gradient checkpointing: Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost").
 */
export function recomputed(body: () => Value): Value {
  const first = nextId;
  return apply('recomputed', [body()], { first });
}

export function constant(values: Float32Array, shape: readonly number[]): Value {
  return apply('constant', [], { values, shape, dtype: 'float32' });
}

export function scalar(value: number): Value {
  return constant(Float32Array.of(value), []);
}

/** All nodes that the values depend on, each after its inputs. */
export function topologicalOrder(values: readonly Value[]): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const stack = values.map(({ node }) => ({ node, next: 0 })).reverse();
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (top.next === 0 && seen.has(top.node)) {
      stack.pop();
      continue;
    }
    seen.add(top.node);
    const below = top.node.inputs[top.next++]?.node;
    if (below) {
      if (!seen.has(below)) stack.push({ node: below, next: 0 });
    } else {
      order.push(top.node);
      stack.pop();
    }
  }
  return order;
}

/** The graph as text, one line a node, numbered as in messages: `%2 = add %0 %1 : float32[rows,3]`. */
export function printGraph(values: readonly Value[]): string {
  return topologicalOrder(values)
    .map(({ id, op, inputs, outputs, attributes }) => {
      const name = 'name' in attributes ? [`"${attributes.name}"`] : [];
      const from = inputs.map((value) => `%${value.node.id}${value.output ? `.${value.output}` : ''}`);
      const types = outputs.map((value) => `${value.dtype}[${value.shape}]`).join(', ');
      return `%${id} = ${[op, ...name, ...from].join(' ')} : ${types}`;
    })
    .join('\n');
}
