import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { transformersEncoder } from '../../../orchestrator/embedding/semantic/transformers-encoder.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { rowOf } from '../../../orchestrator/shared/matrix.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { embeddings, projection, width, words, writeTinyTextModel } from './tiny-text-model.ts';

/** The mean of the model's hidden states over the tokens, of length 1, by hand. */
function expectedVector(tokens: string[]): number[] {
  const ids = ['[CLS]', ...tokens, '[SEP]'].map((token) => words.indexOf(token));
  const sum = new Array<number>(width).fill(0);
  for (const id of ids)
    for (let out = 0; out < width; out++)
      for (let at = 0; at < width; at++)
        sum[out] += embeddings[id * width + at] * projection[at * width + out];
  return unit(sum);
}

const unit = (vector: number[]) => vector.map((value) => value / Math.hypot(...vector));

const closeTo = (actual: Float32Array, expected: number[]) =>
  actual.length === expected.length && expected.every((value, at) => Math.abs(value - actual[at]) < 1e-5);

test('a model in a local folder gives the normalised mean of its hidden states, whatever the padding', async (t) => {
  const model = writeTinyTextModel(temporaryFolder(t));
  const encode = transformersEncoder({ model, batchSize: 2 });
  const matrix = await encode([['Red soap'], ['teas'], ['green tea lipstick soap'], ['zebra']]);
  t.is(matrix.columns, width);
  t.true(closeTo(rowOf(matrix, 0), expectedVector(['red', 'soap'])));
  t.true(closeTo(rowOf(matrix, 1), expectedVector(['tea', '##s'])));
  t.true(closeTo(rowOf(matrix, 2), expectedVector(['green', 'tea', 'lipstick', 'soap'])));
  t.true(closeTo(rowOf(matrix, 3), expectedVector(['[UNK]'])));
});

test('fields are encoded alone and averaged, empty ones do not count, or are joined into one text', async (t) => {
  const model = writeTinyTextModel(temporaryFolder(t));
  const texts = [
    ['red', 'soap'],
    ['tea', ''],
    ['', ''],
  ];
  const mean = await transformersEncoder({ model })(texts);
  const red = expectedVector(['red']);
  const soap = expectedVector(['soap']);
  t.true(closeTo(rowOf(mean, 0), unit(red.map((value, at) => value + soap[at]))));
  t.true(closeTo(rowOf(mean, 1), expectedVector(['tea'])));
  t.deepEqual([...rowOf(mean, 2)], new Array(width).fill(0));
  const joined = await transformersEncoder({ model, combine: 'joined' })(texts);
  t.true(closeTo(rowOf(joined, 0), expectedVector(['red', '[UNK]', 'soap'])));
});

test('texts longer than the model takes are cut', async (t) => {
  const model = writeTinyTextModel(temporaryFolder(t));
  const matrix = await transformersEncoder({ model })([['tea '.repeat(500)]]);
  t.true([...matrix.data].every(Number.isFinite));
});

test('progress counts every different text once', async (t) => {
  const model = writeTinyTextModel(temporaryFolder(t));
  const counts: number[][] = [];
  await transformersEncoder({ model, batchSize: 2 })([['tea'], ['tea'], ['soap'], ['red']], {
    report: (message) => message.type === 'progress' && counts.push([message.done, message.total]),
  });
  t.deepEqual(counts, [
    [2, 3],
    [3, 3],
  ]);
});

type Prepare = (folder: string) => string;
const failsWith = test.macro<[code: string, word: RegExp, prepare: Prepare, texts?: string[][]]>(
  async (t, code, word, prepare, texts = [['tea']]) => {
    const model = prepare(temporaryFolder(t));
    const error = await t.throwsAsync<UserError>(transformersEncoder({ model, localOnly: true })(texts), {
      instanceOf: UserError,
      code,
    });
    t.regex(error!.message, word);
    t.truthy(error!.place);
    t.truthy(error!.remedy);
  },
);

test(
  'a model folder that does not exist is named',
  failsWith,
  'embedding/model-missing',
  /nowhere/,
  (folder) => join(folder, 'nowhere'),
);
test(
  'a file in place of a model folder is named',
  failsWith,
  'embedding/model-missing',
  /folder/,
  (folder) => {
    const file = join(folder, 'model.bin');
    writeFileSync(file, 'x');
    return file;
  },
);
test(
  'the files that a model folder lacks are listed together',
  failsWith,
  'embedding/model-incomplete',
  /tokenizer\.json, tokenizer_config\.json, onnx\/model\.onnx/,
  (folder) => {
    writeFileSync(join(folder, 'config.json'), '{}');
    return folder;
  },
);
test(
  'a model that is not on this machine says so when the network may not be used',
  failsWith,
  'embedding/model-not-loaded',
  /no-owner\/no-model/,
  () => 'no-owner/no-model',
);
test(
  'a truncated ONNX file is a clear error',
  failsWith,
  'embedding/model-not-loaded',
  /cannot be loaded/,
  (folder) => {
    writeTinyTextModel(folder);
    writeFileSync(join(folder, 'onnx', 'model.onnx'), 'not a model');
    return folder;
  },
);
test(
  'a model without hidden states says which outputs it has',
  failsWith,
  'embedding/model-not-loaded',
  /outputs are scores/,
  (folder) => writeTinyTextModel(folder, 'scores'),
);
test(
  'a catalogue without any text is refused',
  failsWith,
  'embedding/no-text',
  /none of the 2 items/,
  (folder) => writeTinyTextModel(folder),
  [[''], [' ']],
);
