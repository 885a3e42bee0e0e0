import { add, concat, expand, matMul, reshape, softmax, transpose } from '../../../engine/functions.ts';
import { constant } from '../../../engine/graph.ts';
import type { ParameterSpec } from '../../../engine/optimisers/parameters.ts';
import { multiplyDims } from '../../../engine/shapes.ts';
import type { Dim, Value } from '../../../engine/types.ts';
import { gelu } from '../../../models/eager/stacks.ts';
import { linear, linearSpecs, norm, normSpecs, tableSpec } from './auxiliary.ts';

const name = 'transfer';
const heads = 4;

/** What a masked node is replaced with. */
export const maskRow = `${name}.mask`;
const firstRow = `${name}.first`;

/** Parameters of `transferLayer`, and of what its first state is read by. */
export function transferSpecs(width: number, seed: number): ParameterSpec[] {
  const square = (part: string) => linearSpecs(`${name}.${part}`, width, width, seed);
  return [
    tableSpec(firstRow, [1, width], 0.02, seed),
    tableSpec(maskRow, [1, width], 0.02, seed),
    ...['memory', 'query', 'key', 'value', 'output', 'cross_value', 'cross_output'].flatMap(square),
    ...linearSpecs(`${name}.up`, 2 * width, width, seed),
    ...linearSpecs(`${name}.down`, width, 2 * width, seed),
    ...['self_norm', 'cross_norm', 'forward_norm'].flatMap((part) => normSpecs(`${name}.${part}`, width)),
    ...linearSpecs(`${name}.recognition`, 1, width, seed),
  ];
}

/**
 * One decoder layer that looks both ways, normalised behind each part: nodes [rows * levels, width] behind a first token
 * of its own, memory [rows, width] -> states [rows, levels + 1, width], by flat rows. The memory is a single vector, so
 * attention to it has nothing to weigh: what is left is its value.
 */
export function transferLayer(
  variables: Record<string, Value>,
  nodes: Value,
  memory: Value,
  { rows, levels, width }: { rows: Dim; levels: number; width: number },
): Value {
  const length = levels + 1;
  const flat = [multiplyDims([rows, length]), width];
  const part = (x: Value, own: string) => linear(x, variables, `${name}.${own}`);
  const normed = (x: Value, own: string) => norm(x, variables, `${name}.${own}`);
  const first = expand(reshape(variables[firstRow], [1, 1, width]), [rows, 1, width]);
  const tokens = concat([first, reshape(nodes, [rows, levels, width])], 1);
  let x = reshape(add(tokens, sinusoids(length, width)), flat);
  x = normed(add(x, part(lookAround(x, part, { rows, length, width }), 'output')), 'self_norm');
  const given = part(part(part(memory, 'memory'), 'cross_value'), 'cross_output');
  const everywhere = reshape(expand(reshape(given, [rows, 1, width]), [rows, length, width]), flat);
  x = normed(add(x, everywhere), 'cross_norm');
  return normed(add(x, part(gelu(part(x, 'up')), 'down')), 'forward_norm');
}

/** states [rows, width] -> logits [rows, 1]: does the code fit? */
export function recognise(variables: Record<string, Value>, states: Value): Value {
  return linear(states, variables, `${name}.recognition`);
}

function lookAround(
  x: Value,
  part: (x: Value, own: string) => Value,
  { rows, length, width }: { rows: Dim; length: number; width: number },
): Value {
  const size = width / heads;
  const split = (own: string) => transpose(reshape(part(x, own), [rows, length, heads, size]), [0, 2, 1, 3]);
  const scores = matMul(split('query'), split('key'), { transB: true, alpha: 1 / Math.sqrt(size) });
  const mixed = transpose(matMul(softmax(scores), split('value')), [0, 2, 1, 3]);
  return reshape(mixed, [multiplyDims([rows, length]), width]);
}

/** [1, length, width] (Vaswani et al. 2017, section 3.5) */
function sinusoids(length: number, width: number): Value {
  const values = Float32Array.from({ length: length * width }, (_, at) => {
    const column = at % width;
    const angle = Math.floor(at / width) / 10_000 ** ((column - (column % 2)) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
  return constant(values, [1, length, width]);
}
