import test from 'ava';
import { floats } from '../../orchestrator/engine/floats.ts';
import * as f from '../../orchestrator/engine/functions.ts';
import { differentiate } from '../../orchestrator/engine/gradients/differentiate.ts';
import { gradientRules } from '../../orchestrator/engine/gradients/rules.ts';
import {
  apply,
  constant,
  input,
  parameter,
  recomputed,
  topologicalOrder,
} from '../../orchestrator/engine/graph.ts';
import { compile, type TensorView } from '../../orchestrator/engine/program.ts';
import { quantizedMatrix } from '../../orchestrator/engine/quantized-matrix.ts';
import type { OpName, Value } from '../../orchestrator/engine/types.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** One op under test: the shapes of its float inputs, how it is built from them, and further feeds. */
interface Case {
  inputs: number[][];
  build: (values: Value[]) => Value;
  feeds?: Record<string, TensorView>;
  /** Draws for the inputs; standard normal unless the op needs another range. */
  draw?: (normal: number) => number;
}

const ids: TensorView = { shape: [4], data: BigInt64Array.from([2n, 0n, 2n, 1n]) };
const shares: TensorView = {
  shape: [4, 3],
  data: Float32Array.of(0.2, 0.3, 0.5, 1, 0, 0, 0, 0.5, 0.5, 0.9, 0.05, 0.05),
};
const mask: TensorView = { shape: [2, 3], data: Uint8Array.from([1, 0, 1, 0, 0, 1]) };
const positions: TensorView = { shape: [2, 3], data: BigInt64Array.from([0n, 1n, 2n, 2n, 0n, 1n]) };
const awayFromZero = (normal: number) => normal + Math.sign(normal) * 0.1;
const angles = Array.from({ length: 6 }, (_, at) => 0.3 * at + 0.1);

const cases: Partial<Record<OpName, Case[]>> = {
  add: [
    { inputs: [[2, 3], [3]], build: ([a, b]) => f.add(a, b) },
    {
      inputs: [
        [2, 1, 3],
        [2, 1],
      ],
      build: ([a, b]) => f.add(a, b),
    },
  ],
  sub: [
    {
      inputs: [
        [2, 3],
        [2, 1],
      ],
      build: ([a, b]) => f.sub(a, b),
    },
  ],
  mul: [{ inputs: [[2, 3], [3]], build: ([a, b]) => f.mul(a, b) }],
  div: [{ inputs: [[2, 3], [3]], build: ([a, b]) => f.div(a, b), draw: (x) => Math.abs(x) + 0.5 }],
  exp: [{ inputs: [[4]], build: ([x]) => f.exp(x) }],
  log: [{ inputs: [[4]], build: ([x]) => f.log(x), draw: (x) => Math.abs(x) + 0.5 }],
  sqrt: [{ inputs: [[4]], build: ([x]) => f.sqrt(x), draw: (x) => Math.abs(x) + 0.5 }],
  sigmoid: [{ inputs: [[4]], build: ([x]) => f.sigmoid(x) }],
  tanh: [{ inputs: [[4]], build: ([x]) => f.tanh(x) }],
  relu: [{ inputs: [[6]], build: ([x]) => f.relu(x), draw: awayFromZero }],
  silu: [{ inputs: [[6]], build: ([x]) => f.silu(x) }],
  recomputed: [
    {
      inputs: [[2, 3], [3]],
      // One after the other, with weights of their own and a value from outside both.
      build: ([x, weight]) => {
        const outside = f.sigmoid(x);
        const first = recomputed(() => f.mul(f.tanh(f.mul(outside, weight)), outside));
        return recomputed(() => f.add(f.exp(first), f.mul(outside, f.softmax(first))));
      },
    },
  ],
  after: [{ inputs: [[2, 3]], build: ([x]) => apply('after', [f.tanh(x), f.exp(x)], {}) }],
  where: [
    {
      inputs: [[2, 3], [3]],
      build: ([a, b]) => f.where(input('mask', [2, 3], 'bool'), a, b),
      feeds: { mask },
    },
  ],
  matMul: [
    {
      inputs: [
        [2, 3],
        [3, 4],
      ],
      build: ([a, b]) => f.matMul(a, b, { alpha: 0.5 }),
    },
    {
      inputs: [
        [3, 2],
        [3, 4],
      ],
      build: ([a, b]) => f.matMul(a, b, { transA: true }),
    },
    {
      inputs: [
        [2, 3],
        [4, 3],
      ],
      build: ([a, b]) => f.matMul(a, b, { transB: true }),
    },
    {
      inputs: [
        [3, 2],
        [4, 3],
      ],
      build: ([a, b]) => f.matMul(a, b, { transA: true, transB: true, alpha: 2 }),
    },
    {
      inputs: [
        [2, 2, 3],
        [2, 4, 3],
      ],
      build: ([a, b]) => f.matMul(a, b, { transB: true }),
    },
    {
      inputs: [
        [2, 2, 3],
        [3, 4],
      ],
      build: ([a, b]) => f.matMul(a, b),
    },
    {
      inputs: [
        [2, 2, 3],
        [4, 3],
      ],
      build: ([a, b]) => f.matMul(a, b, { transB: true, alpha: 0.5 }),
    },
  ],
  quantizedMatMul: [
    {
      inputs: [[2, 3]],
      // Weights that are exact in 4 bits and, transposed, in 8.
      build: ([x]) =>
        f.quantizedMatMul(
          x,
          quantizedMatrix('w', [2, 3], 4, () => Float32Array.of(1, -1, 1, 1, 1, -1)),
          false,
        ),
    },
  ],
  reduceSum: [
    { inputs: [[2, 3]], build: ([x]) => f.reduceSum(x, [0]) },
    { inputs: [[2, 3]], build: ([x]) => f.reduceSum(x, [-1], true) },
  ],
  reduceMean: [{ inputs: [[2, 3]], build: ([x]) => f.reduceMean(x, [1]) }],
  reshape: [{ inputs: [[2, 6]], build: ([x]) => f.reshape(x, [3, 4]) }],
  transpose: [{ inputs: [[2, 3, 4]], build: ([x]) => f.transpose(x, [2, 0, 1]) }],
  expand: [{ inputs: [[2, 1]], build: ([x]) => f.expand(x, [3, 2, 4]) }],
  concat: [
    {
      inputs: [
        [2, 3],
        [2, 2],
      ],
      build: ([a, b]) => f.concat([a, b], 1),
    },
  ],
  slice: [{ inputs: [[2, 5]], build: ([x]) => f.slice(x, 1, 1, 4) }],
  pad: [{ inputs: [[2, 3]], build: ([x]) => apply('pad', [x], { axis: 1, before: 1, after: 2 }) }],
  gatherRows: [
    { inputs: [[3, 2]], build: ([x]) => f.gatherRows(x, input('ids', [4], 'int64')), feeds: { ids } },
    {
      inputs: [[5, 2]],
      build: ([x]) => f.gatherRows(x, input('ids', [3], 'int64'), { distinct: true }),
      feeds: { ids: { shape: [3], data: BigInt64Array.of(3n, 0n, 4n) } },
    },
  ],
  scatterAddRows: [
    { inputs: [[4, 2]], build: ([x]) => f.scatterAddRows(x, input('ids', [4], 'int64'), 3), feeds: { ids } },
  ],
  softmax: [{ inputs: [[2, 4]], build: ([x]) => f.softmax(x) }],
  logSumExp: [{ inputs: [[2, 4]], build: ([x]) => f.logSumExp(f.mul(x, 3)) }],
  crossEntropy: [
    { inputs: [[4, 3]], build: ([x]) => f.crossEntropy(x, input('ids', [4], 'int64')), feeds: { ids } },
  ],
  softCrossEntropy: [
    { inputs: [[4, 3]], build: ([x]) => f.softCrossEntropy(x, input('shares', [4, 3])), feeds: { shares } },
  ],
  linearCrossEntropy: [
    {
      inputs: [
        [4, 5],
        [3, 5],
      ],
      build: ([rows, table]) => f.linearCrossEntropy(rows, table, input('ids', [4], 'int64'), 0.7),
      feeds: { ids },
    },
  ],
  rmsNorm: [{ inputs: [[3, 5], [5]], build: ([x, weight]) => f.rmsNorm(x, weight, 1e-5) }],
  layerNorm: [
    { inputs: [[3, 5], [5], [5]], build: ([x, weight, bias]) => f.layerNorm(x, weight, bias, 1e-5) },
  ],
  rotary: [
    {
      inputs: [[2, 2, 3, 4]],
      build: ([x]) =>
        f.rotary(
          x,
          input('positions', [2, 3], 'int64'),
          constant(Float32Array.from(angles, Math.cos), [3, 2]),
          constant(Float32Array.from(angles, Math.sin), [3, 2]),
        ),
      feeds: { positions },
    },
  ],
};

for (const [op, rule] of Object.entries(gradientRules)) {
  if (!rule) continue;
  test(`the gradient of ${op} equals finite differences`, async (t) => {
    const opCases = cases[op as OpName];
    t.truthy(opCases, `no case for ${op}`);
    for (const one of opCases ?? []) await compareWithFiniteDifferences(t, one);
  });
}

test('of what is recomputed, gradients read copies alone, which begin after the gradient that they are for', (t) => {
  const x = parameter('x', ['n', 3]);
  const before = f.tanh(x);
  const inner = f.exp(before);
  const gradientOf = (wrap: (body: () => Value) => Value) => {
    const y = wrap(() => f.mul(f.exp(before), f.exp(before)));
    return { y, order: topologicalOrder(differentiate(f.sumAll(f.mul(y, y)), [x])) };
  };
  const kept = gradientOf((body) => body());
  t.true(kept.y.node.inputs.every(({ node }) => kept.order.includes(node)));
  const anew = gradientOf(recomputed);
  const [product] = anew.y.node.inputs;
  const exps = anew.order.filter(({ op }) => op === 'exp');
  t.false(exps.includes(inner.node));
  // Those that the loss is computed by, and their copies.
  t.is(exps.length, 4);
  const copies = exps.filter(({ inputs }) => inputs[0].node.op === 'after');
  t.is(copies.length, 2);
  t.true(product.node.inputs.every(({ node }) => exps.includes(node) && !copies.includes(node)));
  const readers = anew.order.filter(({ inputs }) =>
    inputs.some(({ node }) => product.node.inputs[0].node === node),
  );
  t.deepEqual(readers, [product.node]);
});

async function compareWithFiniteDifferences(
  t: { true(value: boolean, message: string): unknown },
  one: Case,
) {
  const random = createRandom(7, 'gradients');
  const draw = (shape: number[]) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      (one.draw ?? Number)(random.normal()),
    );
  const variables = one.inputs.map((shape, at) => parameter(`x${at}`, shape));
  const y = one.build(variables);
  const weights = Float32Array.from({ length: (y.shape as number[]).reduce((a, b) => a * b, 1) }, () =>
    random.normal(),
  );
  const loss = f.sumAll(f.mul(y, constant(weights, y.shape as number[])));
  const gradients = differentiate(loss, variables);
  const program = await compile('case', {
    loss,
    ...Object.fromEntries(gradients.map((gradient, at) => [`g${at}`, gradient])),
  });
  const feeds: Record<string, TensorView> = { ...one.feeds };
  for (const [at, shape] of one.inputs.entries()) feeds[`x${at}`] = { shape, data: draw(shape) };
  const exact = await program.run(feeds);
  const step = 1e-2;
  for (const at of one.inputs.keys()) {
    const data = floats(feeds[`x${at}`]);
    for (let element = 0; element < data.length; element++) {
      const held = data[element];
      data[element] = held + step;
      const above = Number((await program.run(feeds)).loss.data[0]);
      data[element] = held - step;
      const below = Number((await program.run(feeds)).loss.data[0]);
      data[element] = held;
      const measured = (above - below) / (2 * step);
      const got = Number(exact[`g${at}`].data[element]);
      const tolerance = 5e-3 + 1e-2 * Math.abs(measured);
      t.true(
        Math.abs(measured - got) < tolerance,
        `input ${at}, element ${element}: ${got}, measured ${measured}`,
      );
    }
  }
  await program.dispose();
}
