import test from 'ava';
import { lsaEncoder } from '../../../orchestrator/embedding/semantic/lsa-encoder.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { type Matrix, rowOf } from '../../../orchestrator/shared/matrix.ts';
import type { ReportMessage } from '../../../orchestrator/shared/reporter.ts';

const titles = [
  'tea tree face wash',
  'tea tree oil shampoo',
  'mint tea tree foot cream',
  'red matte lipstick',
  'matte lipstick coral red',
  'long lasting lipstick pencil',
  'electric hair dryer',
  'hair dryer diffuser, electric',
  'ceramic hair straightener electric',
];
const texts = titles.map((title) => [title]);

/** The other item with the largest cosine. */
function nearest(matrix: Matrix, item: number): number {
  const query = rowOf(matrix, item);
  const cosines = Array.from({ length: matrix.rows }, (_, other) =>
    other === item
      ? Number.NEGATIVE_INFINITY
      : rowOf(matrix, other).reduce((sum, value, at) => sum + value * query[at], 0),
  );
  return cosines.indexOf(Math.max(...cosines));
}

test('the nearest neighbour of an item is of its own kind', async (t) => {
  const matrix = await lsaEncoder({ dimensions: 3, seed: 1 })(texts);
  for (const item of titles.keys())
    t.is(Math.floor(nearest(matrix, item) / 3), Math.floor(item / 3), titles[item]);
});

test('rows have length 1, and an item without usable words is a row of zeros', async (t) => {
  const matrix = await lsaEncoder({ dimensions: 4, seed: 1 })([...texts, [''], ['unheard']]);
  for (const item of titles.keys()) t.true(Math.abs(Math.hypot(...rowOf(matrix, item)) - 1) < 1e-6);
  t.deepEqual([...rowOf(matrix, 9), ...rowOf(matrix, 10)], new Array(8).fill(0));
});

test('equal texts and settings give equal bits, another order of items the same vectors', async (t) => {
  const encode = lsaEncoder({ dimensions: 3, seed: 7 });
  const first = await encode(texts);
  t.deepEqual(await encode(texts), first);
  const turned = await encode([...texts].reverse());
  for (const item of titles.keys()) {
    const other = rowOf(turned, titles.length - 1 - item);
    t.true(rowOf(first, item).every((value, at) => Math.abs(value - other[at]) < 1e-5));
  }
});

test('a field weight of zero leaves the field out', async (t) => {
  const withNoise = titles.map((title, at) => [title, `noise${at % 2} word`]);
  const weighted = await lsaEncoder({ dimensions: 3, seed: 1, fieldWeights: [1, 0] })(withNoise);
  t.deepEqual(weighted, await lsaEncoder({ dimensions: 3, seed: 1 })(texts));
});

test('a catalogue smaller than the dimensions keeps the width and warns', async (t) => {
  const messages: ReportMessage[] = [];
  const matrix = await lsaEncoder({ dimensions: 64, seed: 1 })(texts, {
    report: (message) => messages.push(message),
  });
  t.is(matrix.columns, 64);
  t.true(messages.some(({ type }) => type === 'warning'));
  t.is(Math.floor(nearest(matrix, 0) / 3), 0);
});

test('a stop is obeyed', async (t) => {
  const stop = AbortSignal.abort(new Error('stopped'));
  const many = Array.from({ length: 3000 }, (_, item) => [
    Array.from({ length: 20 }, (_, at) => `word${(item * 31 + at * 17) % 500}`).join(' '),
  ]);
  await t.throwsAsync(lsaEncoder({ dimensions: 64, seed: 1 })(many, { signal: stop }), {
    message: 'stopped',
  });
});

const refuses = test.macro(async (t, code: string, make: () => unknown) => {
  const error = await t.throwsAsync<UserError>(async () => make(), { instanceOf: UserError, code });
  t.truthy(error!.place);
  t.truthy(error!.remedy);
});

test('texts without a shared word are refused', refuses, 'embedding/no-terms', () =>
  lsaEncoder({ dimensions: 2, seed: 1 })([['one'], ['two'], ['']]),
);
test('no dimensions are refused', refuses, 'embedding/wrong-option', () =>
  lsaEncoder({ dimensions: 0, seed: 1 }),
);
test('a share above 1 is refused', refuses, 'embedding/wrong-option', () =>
  lsaEncoder({ dimensions: 2, seed: 1, maxShare: 50 }),
);
test('a negative field weight is refused', refuses, 'embedding/wrong-option', () =>
  lsaEncoder({ dimensions: 2, seed: 1, fieldWeights: [-1] }),
);
