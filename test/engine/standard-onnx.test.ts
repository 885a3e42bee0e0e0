import { fromBinary } from '@bufbuild/protobuf';
import test from 'ava';
import { ModelProtoSchema } from 'onnx-buf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { floats } from '../../orchestrator/engine/floats.ts';
import * as f from '../../orchestrator/engine/functions.ts';
import { constant, input } from '../../orchestrator/engine/graph.ts';
import { emitModel } from '../../orchestrator/engine/onnx/emit.ts';
import type { Value } from '../../orchestrator/engine/types.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

/** Operations that onnxruntime has operators of its own for, each in all its forms. */
const cases: Record<string, { inputs: number[][]; build: (values: Value[]) => Value }> = {
  silu: { inputs: [[2, 3]], build: ([x]) => f.silu(x) },
  'a product of matrices': {
    inputs: [
      [2, 3],
      [3, 4],
    ],
    build: ([a, b]) => f.matMul(a, b),
  },
  'a product with the second factor turned': {
    inputs: [
      [2, 3],
      [4, 3],
    ],
    build: ([a, b]) => f.matMul(a, b, { transB: true, alpha: 0.5 }),
  },
  'a product with the first factor turned': {
    inputs: [
      [3, 2],
      [3, 4],
    ],
    build: ([a, b]) => f.matMul(a, b, { transA: true }),
  },
  'a batch of products, both factors turned': {
    inputs: [
      [2, 5, 3, 2],
      [2, 5, 4, 3],
    ],
    build: ([a, b]) => f.matMul(a, b, { transA: true, transB: true, alpha: 3 }),
  },
  'a batch of products': {
    inputs: [
      [2, 2, 3],
      [2, 3, 4],
    ],
    build: ([a, b]) => f.matMul(a, b),
  },
  'RMS norm': { inputs: [[2, 3, 4], [4]], build: ([x, weight]) => f.rmsNorm(x, weight, 1e-5) },
  'rotary positions': { inputs: [[2, 3, 2, 4]], build: ([x]) => f.rotary(x, positions, cos, sin) },
  'rotary positions, turned back': {
    inputs: [[2, 3, 2, 4]],
    build: ([x]) => f.rotary(x, positions, cos, sin, true),
  },
};

const angles = Array.from({ length: 10 }, (_, at) => 0.3 * at);
const cos = constant(Float32Array.from(angles, Math.cos), [5, 2]);
const sin = constant(Float32Array.from(angles, Math.sin), [5, 2]);
const positions = input('positions', [2, 2], 'int64');
const positionFeed = new Tensor('int64', BigInt64Array.of(0n, 1n, 4n, 2n), [2, 2]);

for (const [name, { inputs, build }] of Object.entries(cases))
  test(`in the ONNX standard alone: ${name}`, async (t) => {
    const random = createRandom(1, name);
    const feeds: Record<string, Tensor> = {};
    const values = inputs.map((shape, at) => {
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal());
      feeds[`x${at}`] = new Tensor('float32', data, shape);
      return input(`x${at}`, shape);
    });
    const outputs = { y: build(values) };
    const own = emitModel('own', outputs);
    const standard = emitModel('standard', outputs, { standard: true });
    t.deepEqual(foreignOperators(standard.bytes), []);
    const results = await Promise.all(
      [own, standard].map(async ({ bytes }) => {
        const session = await InferenceSession.create(bytes);
        const needed = session.inputNames.includes('positions')
          ? { ...feeds, positions: positionFeed }
          : feeds;
        return [...floats((await session.run(needed)).y)];
      }),
    );
    t.true(results[0].some((value) => Math.abs(value) > 0.01));
    for (const [at, value] of results[1].entries())
      t.true(Math.abs(value - results[0][at]) < 1e-5, `${value} at ${at}, expected ${results[0][at]}`);
  });

test('what was left to the runtime alone is seen as foreign', (t) => {
  const { bytes } = emitModel('own', { y: f.silu(input('x', [2])) });
  t.deepEqual(foreignOperators(bytes), ['com.microsoft.QuickGelu']);
});

test('what has no form in the standard is refused', (t) => {
  const frozen = { packed: input('packed', [2, 1, 32], 'uint8'), scales: input('scales', [2]) };
  const matrix = { ...frozen, rows: 2, columns: 32, bits: 8 as const };
  const y = f.quantizedMatMul(input('x', [1, 32]), matrix as never);
  t.throws(() => emitModel('standard', { y }, { standard: true }), { message: /standard has no product/ });
});

test('a causal mask lets a token see what stands before it, and no padding', async (t) => {
  const there = input('there', ['B', 'S'], 'int64');
  const y = f.causalMask(there, input('fresh', ['B', 'T'], 'int64'), -9);
  const session = await InferenceSession.create(emitModel('mask', { y }, { standard: true }).bytes);
  const feeds = {
    there: new Tensor('int64', BigInt64Array.of(1n, 1n, 1n, 1n, 0n, 1n, 1n, 1n), [2, 4]),
    fresh: new Tensor('int64', BigInt64Array.of(7n, 7n, 7n, 7n), [2, 2]),
  };
  const result = (await session.run(feeds)).y;
  t.deepEqual(result.dims, [2, 1, 1, 2, 4]);
  t.deepEqual([...floats(result)], [0, 0, 0, -9, 0, 0, 0, 0, -9, 0, 0, -9, -9, 0, 0, 0]);
});

/** Operators that are not of the ONNX standard; SimplifiedLayerNormalization hides among it. */
function foreignOperators(bytes: Uint8Array): string[] {
  const nodes = fromBinary(ModelProtoSchema, bytes).graph?.node ?? [];
  return nodes
    .filter(({ domain, opType }) => domain !== '' || opType === 'SimplifiedLayerNormalization')
    .map(({ domain, opType }) => `${domain}.${opType}`);
}
