import test from 'ava';
import { floats } from '../../orchestrator/engine/floats.ts';
import { quantizedMatMul } from '../../orchestrator/engine/functions.ts';
import { input } from '../../orchestrator/engine/graph.ts';
import { compile } from '../../orchestrator/engine/program.ts';
import { dequantize, quantize } from '../../orchestrator/engine/quantize.ts';
import { quantizedMatrix } from '../../orchestrator/engine/quantized-matrix.ts';
import { compileTraining } from '../../orchestrator/engine/training-program.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { projectionNames } from '../../orchestrator/models/llama/tensors.ts';
import { loraModel } from '../../orchestrator/models/lora.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { lossGraph } from '../../orchestrator/training/loss-graph.ts';
import { nextToken } from '../../orchestrator/training/objectives/next-token.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { wholeRow } from '../training/whole-row.ts';

/** Neither side is a multiple of a block. */
const [rows, columns] = [5, 70];
const random = createRandom(1, 'quantize');
const weights = Float32Array.from({ length: rows * columns }, () => random.normal());
weights.fill(0, 0, 32);

for (const bits of [4, 8] as const) {
  test(`${bits} bits: no weight is off by more than half a step of its block, and zeros stay zeros`, (t) => {
    const quantized = quantize(weights, rows, columns, bits);
    const back = dequantize(quantized, rows, columns, bits);
    for (const [at, value] of weights.entries()) {
      const block = Math.floor(at / columns) * 3 + Math.floor((at % columns) / 32);
      t.true(Math.abs(back[at] - value) <= quantized.scales[block] * 0.5001, `weight ${at}`);
    }
    t.deepEqual(back.slice(0, 32), new Float32Array(32));
  });

  for (const rounded of [false, true])
    test(`${bits} bits: the product is that with the rounded matrix${rounded ? ', to a percent' : ''}`, async (t) => {
      const matrix = quantizedMatrix('w', [rows, columns], bits, () => weights);
      const x = Float32Array.from({ length: 3 * columns }, () => random.normal());
      const y = await productOf(quantizedMatMul(input('x', [3, columns]), matrix, rounded), [3, columns], x);
      const back = dequantize(quantize(weights, rows, columns, bits), rows, columns, bits);
      const expected = product(x, back, 3, columns, rows);
      t.true(gap(y, expected) < (rounded ? 0.01 : 1e-5), `${gap(y, expected)}`);
    });

  test(`${bits} bits: the transpose stands for the same matrix`, async (t) => {
    const matrix = quantizedMatrix('w', [rows, columns], bits, () => weights).transposed();
    const g = Float32Array.from({ length: 3 * rows }, () => random.normal());
    const y = await productOf(quantizedMatMul(input('x', [3, rows]), matrix, false), [3, rows], g);
    const back = dequantize(quantize(weights, rows, columns, bits), rows, columns, bits);
    const turned = Float32Array.from(back, (_, at) => back[(at % rows) * columns + Math.floor(at / rows)]);
    t.true(gap(y, product(g, turned, 3, rows, columns)) < 0.01);
  });

  test(`QLoRA with ${bits} bits has nearly LoRA's loss and gradients`, async (t) => {
    const exact = await lossAndGradients();
    const rounded = await lossAndGradients(bits);
    const tolerance = bits === 8 ? 0.02 : 0.25;
    t.true(Math.abs(rounded.loss / exact.loss - 1) < tolerance, `${rounded.loss} against ${exact.loss}`);
    t.true(
      gap(rounded.gradients, exact.gradients) < 2 * tolerance,
      `${gap(rounded.gradients, exact.gradients)}`,
    );
    t.true(gap(rounded.gradients, exact.gradients) > 0, 'it is not the same computation');
  });
}

async function productOf(y: Parameters<typeof compile>[1][string], shape: number[], data: Float32Array) {
  const program = await compile('product', { y });
  const result = await program.run({ x: { shape, data } });
  await program.dispose();
  return floats(result.y);
}

async function lossAndGradients(bits?: 4 | 8) {
  const config = tinyConfig({ hidden_size: 64, intermediate_size: 96 });
  const model = loraModel(llama(config), initialWeights(llama(config), 3), {
    lora_r: 2,
    lora_alpha: 4,
    lora_target_modules: projectionNames,
    firstNewToken: 8,
    seed: 1,
    ...(bits ? { quantization_bit: bits } : {}),
  });
  const tokens = [1, 8, 3, 10, 2, 9];
  const graph = lossGraph(model, [nextToken()], { longest: 8, dropout: 0, adapterDropout: 0 });
  const example = wholeRow(tokens, [0, 1, 1, 1, 1, 1]);
  const { feeds } = graph.feeds([example], [5], (name) => createRandom(0, name));
  const program = await compileTraining('training', graph.loss, model.store);
  const value = await program.accumulate(feeds, true);
  await program.dispose();
  return { loss: value, gradients: model.store.gradients };
}

/** x [n, inner] times the transpose of w [out, inner] */
function product(x: Float32Array, w: Float32Array, n: number, inner: number, out: number): Float32Array {
  return Float32Array.from({ length: n * out }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += x[Math.floor(at / out) * inner + k] * w[(at % out) * inner + k];
    return sum;
  });
}

/** ||a - b|| / ||b|| */
function gap(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, at) => value - b[at])) / Math.hypot(...b);
}
