import { topologicalOrder } from '../graph.ts';
import { operations } from '../ops/index.ts';
import type { Emission, Operation } from '../ops/operation.ts';
import { int64List } from '../ops/operation.ts';
import type { Dim, Node, OpAttributes, OpName, Shape, Value } from '../types.ts';
import { type BuiltModel, createModelBuilder, type ModelBuilder, type WeightPlace } from './model-builder.ts';
import { standardEmission } from './standard.ts';

export interface EmitOptions {
  /** Only operators of the ONNX standard, for runtimes of any kind; by default onnxruntime's own where they are faster. */
  standard?: boolean;
  /** Where large weights go; by default each into a file of its own. */
  weightPlace?: WeightPlace;
}

/** Writes a graph as an ONNX model whose outputs carry the given names. */
export function emitModel(
  name: string,
  outputs: Record<string, Value>,
  { standard = false, weightPlace }: EmitOptions = {},
): BuiltModel {
  const builder = createModelBuilder(weightPlace);
  const order = topologicalOrder(Object.values(outputs));
  const names = new Map<Value, string>();
  const shapeTensor = shapeTensors(builder, order);
  for (const node of order) {
    for (const value of node.outputs) names.set(value, leafName(node) ?? `v${node.id}_${value.output}`);
    emitNode(builder, node, names, shapeTensor, standard);
  }
  for (const [outputName, value] of Object.entries(outputs)) {
    // A value may be wanted under two names, or be an input: an Identity gives it the name of the output.
    builder.node('Identity', [names.get(value)!], [outputName]);
    builder.output(outputName, value);
  }
  return builder.build(name);
}

function emitNode(
  builder: ModelBuilder,
  node: Node,
  names: Map<Value, string>,
  shapeTensor: (shape: Shape) => string,
  standard: boolean,
): void {
  if (node.op === 'input' || node.op === 'parameter') {
    const attributes = node.attributes as OpAttributes['input'];
    builder.input(attributes.name, attributes);
  } else if (node.op === 'frozen') {
    const { name, shape, dtype, load } = node.attributes as OpAttributes['frozen'];
    builder.weight(name, load, shape as number[], dtype);
  } else if (node.op === 'constant') {
    const { values, shape, dtype } = node.attributes as OpAttributes['constant'];
    names.set(node.outputs[0], builder.constant(values, shape as number[], dtype));
  } else {
    const { emit } = operations[node.op] as Operation<OpName>;
    (standard ? standardEmission(node.op, emit) : emit)({
      builder,
      attributes: node.attributes,
      inputs: node.inputs.map((value) => names.get(value)!),
      outputs: node.outputs.map((value) => names.get(value)!),
      values: node.inputs,
      shapeTensor,
    } as Emission<OpName>);
  }
}

function leafName(node: Node): string | null {
  return node.op === 'input' || node.op === 'parameter' || node.op === 'frozen'
    ? (node.attributes as OpAttributes['input']).name
    : null;
}

/** Symbols are read off the inputs that carry them, once, when the program runs. */
function shapeTensors(builder: ModelBuilder, order: readonly Node[]): (shape: Shape) => string {
  const sources = new Map<string, { name: string; axis: number }>();
  for (const node of order) {
    const name = leafName(node);
    if (name === null || node.op === 'frozen') continue;
    for (const [axis, dim] of node.outputs[0].shape.entries())
      if (typeof dim === 'string' && !sources.has(dim)) sources.set(dim, { name, axis });
  }
  const known = new Map<Dim | string, string>();
  const remember = (key: string, make: () => string): string => {
    const name = known.get(key) ?? make();
    known.set(key, name);
    return name;
  };
  const dimTensor = (dim: Dim): string => {
    if (typeof dim === 'number') return builder.constant(int64List([dim]), [1], 'int64');
    return remember(dim, () => {
      const name = builder.fresh('dim');
      const source = sources.get(dim);
      if (source) {
        builder.node('Shape', [source.name], [name], { start: source.axis, end: source.axis + 1 });
        return name;
      }
      const parts = dim.split('*');
      if (parts.length === 1) throw new RangeError(`no input carries the size "${dim}"`);
      const [first, ...rest] = parts.map((part) => dimTensor(/^\d+$/.test(part) ? Number(part) : part));
      return rest.reduce((product, factor) => {
        const next = builder.fresh('dim');
        builder.node('Mul', [product, factor], [next]);
        return next;
      }, first);
    });
  };
  return (shape) => {
    if (shape.every((dim) => typeof dim === 'number'))
      return builder.constant(int64List(shape), [shape.length], 'int64');
    return remember(`[${shape}]`, () => {
      const name = builder.fresh('shape');
      builder.node('Concat', shape.map(dimTensor), [name], { axis: 0 });
      return name;
    });
  };
}
