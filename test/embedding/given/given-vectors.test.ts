import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import test from 'ava';
import { readGivenVectors } from '../../../orchestrator/embedding/given/given-vectors.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { writeSafetensors } from '../../../orchestrator/storage/safetensors.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'given-vectors-'));

/** As numpy.save writes it. */
function npy(descr: string, shape: string, body: Uint8Array, order = 'False'): Buffer {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
  const header = Buffer.from(`${text.padEnd(117)}\n`);
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, header, body]);
}

const bytes = (numbers: Float32Array | Float64Array) => new Uint8Array(numbers.buffer);
const three = new Float32Array([1, 2, 3, 4, 5, 6]);
const ids = 'tea\ncoffee\nmilk\n';

function npyFolder(file: Buffer, idList = ids): string {
  const path = join(folder(), 'vectors.npy');
  writeFileSync(path, file);
  writeFileSync(path.replace('.npy', '.ids.txt'), idList);
  return path;
}

test('vectors come in the order of the catalogue, by the ids beside the file', async (t) => {
  const path = npyFolder(npy('<f4', '(3, 2)', bytes(three)));
  const { rows, columns, data } = await readGivenVectors(path, ['milk', 'tea', 'coffee']);
  t.deepEqual([rows, columns, ...data], [3, 2, 5, 6, 1, 2, 3, 4]);
});

test('vectors of items that are not in the catalogue are left out, and told', async (t) => {
  const notes: string[] = [];
  const path = npyFolder(npy('<f4', '(3, 2)', bytes(three)));
  const { data } = await readGivenVectors(path, ['coffee'], (event) => {
    if (event.type === 'note') notes.push(event.text);
  });
  t.deepEqual([...data], [3, 4]);
  t.deepEqual(notes, ['vectors of 2 items that are not in the catalogue are left out']);
});

test('a matrix may be stored column by column, in double or half precision', async (t) => {
  const double = npyFolder(npy('<f8', '(3, 2)', bytes(Float64Array.from([1, 3, 5, 2, 4, 6])), 'True'));
  t.deepEqual([...(await readGivenVectors(double, ['tea', 'coffee', 'milk'])).data], [...three]);
  // 1, -2, 0.5 as float16
  const half = npyFolder(npy('<f2', '(3, 1)', new Uint8Array([0, 0x3c, 0, 0xc0, 0, 0x38])));
  t.deepEqual([...(await readGivenVectors(half, ['tea', 'coffee', 'milk'])).data], [1, -2, 0.5]);
});

test('safetensors and Parquet say the same', async (t) => {
  const path = join(folder(), 'vectors.safetensors');
  writeSafetensors(path, { embedding: { shape: [3, 2], data: three } });
  writeFileSync(path.replace('.safetensors', '.ids.txt'), ids);
  t.deepEqual([...(await readGivenVectors(path, ['coffee'])).data], [3, 4]);

  const parquet = join(folder(), 'vectors.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT * FROM (VALUES ('tea', [1, 2]::FLOAT[]), ('coffee', [3, 4]::FLOAT[])) t(item_id, embedding)) TO '${parquet}'`,
  );
  t.deepEqual([...(await readGivenVectors(parquet, ['coffee', 'tea'])).data], [3, 4, 1, 2]);
});

test('safetensors in double precision are read as .npy are', async (t) => {
  const path = tensors({ embedding: { shape: [3, 2], data: Float64Array.from(three) } });
  t.deepEqual([...(await readGivenVectors(path, ['milk'])).data], [5, 6]);
});

/** A file of safetensors, with the ids of three items beside it. */
function tensors(stored: Parameters<typeof writeSafetensors>[1]): string {
  const path = join(folder(), 'vectors.safetensors');
  writeSafetensors(path, stored);
  writeFileSync(path.replace('.safetensors', '.ids.txt'), ids);
  return path;
}

const wrongTensors: [string, Parameters<typeof writeSafetensors>[1], RegExp][] = [
  [
    'another name',
    { vectors: { shape: [3, 2], data: three }, bias: { shape: [1], data: Float32Array.of(1) } },
    /holds no tensor "embedding", only "vectors", "bias"/,
  ],
  ['none', {}, /holds no tensor$/],
  ['one long row', { embedding: { shape: [6], data: three } }, /"embedding" has the shape \[6\]/],
  ['whole numbers', { embedding: { shape: [3, 1], data: Int32Array.of(1, 2, 3) } }, /"embedding" holds I32/],
];

for (const [what, stored, message] of wrongTensors)
  test(`safetensors with ${what} are told how to be written, and nothing is to be deleted`, async (t) => {
    const error = await t.throwsAsync(readGivenVectors(tensors(stored), []), { instanceOf: UserError });
    t.is(error?.code, 'embedding/given-format');
    t.regex(error?.message ?? '', message);
    t.is(error?.remedy, 'Write the vectors as one tensor "embedding" of floats, [items, width].');
  });

test('some rows of zeros are named in a warning, those of the catalogue alone', async (t) => {
  const path = npyFolder(npy('<f4', '(3, 2)', bytes(Float32Array.of(0, 0, 3, 4, 0, 0))));
  const warnings: string[] = [];
  await readGivenVectors(path, ['coffee', 'milk'], (event) => {
    if (event.type === 'warning') warnings.push(event.text);
  });
  t.deepEqual(warnings, ['the vectors of 1 of 2 items are zero, which says nothing of them: "milk"']);
});

const refused: [string, string, string[], RegExp][] = [
  [
    'an item without a vector',
    npyFolder(npy('<f4', '(3, 2)', bytes(three))),
    ['tea', 'bread'],
    /1 of 2 items have no vector: "bread"/,
  ],
  [
    'an id that stands there twice',
    npyFolder(npy('<f4', '(3, 2)', bytes(three)), 'tea\ntea\nmilk\n'),
    ['tea'],
    /1 ids stand there more than once: "tea"/,
  ],
  [
    'more ids than rows',
    npyFolder(npy('<f4', '(3, 2)', bytes(three)), `${ids}bread\n`),
    ['tea'],
    /more ids than the 3 rows/,
  ],
  [
    'a number that is none',
    npyFolder(npy('<f4', '(3, 2)', bytes(Float32Array.of(1, NaN, 3, 4, 5, 6)))),
    ['tea'],
    /"tea" \(row 1\) holds NaN/,
  ],
  [
    'ids of another notation',
    npyFolder(npy('<f4', '(3, 2)', bytes(three))),
    ['SKU-1'],
    /its ids are such as "tea", "coffee"/,
  ],
  [
    'a file that was cut off',
    npyFolder(npy('<f4', '(3, 2)', bytes(three)).subarray(0, -4)),
    ['tea'],
    /expected 24 bytes of numbers, got 20/,
  ],
  [
    'pickled objects',
    npyFolder(npy('|O', '(3, 2)', bytes(three))),
    ['tea'],
    /expected float16, float32 or float64, got the type "\|O"/,
  ],
  [
    'one long row',
    npyFolder(npy('<f4', '(6,)', bytes(three))),
    ['tea'],
    /expected the shape \[items, width\], got \[6\]/,
  ],
  [
    'more rows than can be counted, without a number in any',
    npyFolder(npy('<f4', '(1000000000000000, 0)', new Uint8Array())),
    ['tea'],
    /expected the shape \[items, width\], got \[1000000000000000,0\]/,
  ],
  [
    'a shape below zero',
    npyFolder(npy('<f4', '(-3, -2)', bytes(three))),
    ['tea'],
    /expected the shape \[items, width\], got \[-3,-2\]/,
  ],
  [
    'nothing but zeros, before the catalogue is known',
    npyFolder(npy('<f4', '(3, 2)', bytes(new Float32Array(6)))),
    [],
    /every vector is zero: they tell no item from another/,
  ],
  [
    'zeros alone for the catalogue',
    npyFolder(npy('<f4', '(3, 2)', bytes(Float32Array.of(0, 0, 0, 0, 5, 6)))),
    ['tea', 'coffee'],
    /every vector is zero/,
  ],
  [
    'one vector for all',
    npyFolder(npy('<f4', '(3, 2)', bytes(Float32Array.of(1, 2, 1, 2, 1, 2)))),
    [],
    /all 3 vectors are equal/,
  ],
  ['no .npy at all', npyFolder(Buffer.from('hello, this is text')), ['tea'], /is no \.npy file/],
];

for (const [what, path, items, message] of refused)
  test(`refuses ${what}`, async (t) => {
    const error = await t.throwsAsync(readGivenVectors(path, items), { instanceOf: UserError });
    t.regex(error?.message ?? '', message);
  });

test('a list of ids that is missing is named', async (t) => {
  const path = join(folder(), 'vectors.npy');
  writeFileSync(path, npy('<f4', '(3, 2)', bytes(three)));
  const error = await t.throwsAsync(readGivenVectors(path, ['tea']), { instanceOf: UserError });
  t.is((error as UserError).code, 'embedding/no-ids');
});
