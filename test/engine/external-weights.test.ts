import { readdirSync } from 'node:fs';
import test from 'ava';
import { floats } from '../../orchestrator/engine/floats.ts';
import { matMul } from '../../orchestrator/engine/functions.ts';
import { frozen, input } from '../../orchestrator/engine/graph.ts';
import { emitModel } from '../../orchestrator/engine/onnx/emit.ts';
import { compile } from '../../orchestrator/engine/program.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { runDecoder } from '../../orchestrator/models/llama/decoder.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { tensorSpecs } from '../../orchestrator/models/llama/tensors.ts';
import { frozenModel } from '../../orchestrator/models/model-tensors.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const rows = 1500;
const width = 1000;
/** 6 MB: row r holds r + 1 in column r mod width, zeros elsewhere. */
const values = new Float32Array(rows * width);
for (let row = 0; row < rows; row++) values[row * width + (row % width)] = row + 1;

function product() {
  const weight = frozen('weight', [rows, width], () => values);
  return { y: matMul(input('x', ['N', width]), weight, { transB: true }) };
}

test('large weights stand beside the protobuf, never in it', (t) => {
  const { bytes, external } = emitModel('product', product());
  t.true(bytes.length < 1000, `${bytes.length}`);
  t.deepEqual(
    external.map(({ length }) => length),
    [rows * width * 4],
  );
  // A view, not a copy: the weight is held once until the runtime has taken it.
  t.is(external[0].load().buffer, values.buffer);
});

test('the protobuf of a decoder does not grow with its sizes', (t) => {
  const sizeOf = (scale: number) => {
    const config = tinyConfig({
      vocab_size: 1000 * scale,
      hidden_size: 64 * scale,
      intermediate_size: 128 * scale,
      head_dim: 16,
    });
    const weights = initialWeights(llama(config), 1);
    const { tensors } = frozenModel(llama(config), weights);
    const { hidden } = runDecoder(config, tensors, {
      batch: 'B',
      length: 'T',
      embedded: tensors.embed(input('tokens', ['B*T'], 'int64')),
      positions: input('positions', ['B', 'T'], 'int64'),
      mask: input('mask', [1, 1, 1, 'T', 'T']),
      longest: 16,
    });
    const { bytes, external } = emitModel('decoder', { logits: tensors.logits(hidden) });
    const beside = external.reduce((sum, { length }) => sum + length, 0);
    const whole = tensorSpecs(config).reduce(
      (sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1),
      0,
    );
    return { bytes: bytes.length, share: beside / whole };
  };
  const [small, large] = [sizeOf(1), sizeOf(4)];
  t.true(large.bytes < small.bytes + 2000, `${small.bytes}, ${large.bytes}`);
  t.true(large.bytes < 50_000);
  t.true(large.share > 0.99);
});

for (const mapped of [false, true])
  test.serial(
    `a program computes with weights that stand beside it, ${mapped ? 'mapped from a file that is gone' : 'and keeps its own copy of them'}`,
    async (t) => {
      const temporary = temporaryFolder(t);
      const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
      const held = process.env[variable];
      process.env[variable] = temporary;
      t.teardown(() => {
        if (held === undefined) delete process.env[variable];
        else process.env[variable] = held;
      });
      // Neither weights nor what the runtime would report about itself.
      const left = () => readdirSync(temporary);
      const own = values.slice();
      const weight = frozen('weight', [rows, width], () => own);
      const y = matMul(input('x', ['N', width]), weight, { transB: true });
      const program = await compile('product', { y }, { mapped });
      if (process.platform !== 'win32') t.deepEqual(left(), []);
      const x = new Float32Array(width);
      x[3] = 2;
      x[999] = 1;
      const run = async () => floats((await program.run({ x: { shape: [1, width], data: x } })).y);
      const expected = new Float32Array(rows);
      expected[3] = 8;
      expected[999] = 1000;
      expected[1003] = 2008;
      t.deepEqual(await run(), expected);
      own.fill(0);
      t.deepEqual(await run(), expected);
      await program.dispose();
      t.deepEqual(left(), []);
    },
  );
