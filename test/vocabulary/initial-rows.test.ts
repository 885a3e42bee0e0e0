import test from 'ava';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { initialRows } from '../../orchestrator/vocabulary/initial-rows.ts';
import type { VocabularyFile } from '../../orchestrator/vocabulary/vocabulary-file.ts';

/** Four base tokens, codes of two levels with two digits each, one control token. */
function fileWith(rule: Partial<VocabularyFile['item_codes']>): VocabularyFile {
  return {
    ...{ schema_version: 1, extension: 'test', tokenizer_sha256: '', base_size: 4, size: 9 },
    ...{ bos_token_id: null, eos_token_id: 0, pad_token_id: 0 },
    item_codes: {
      ...{ pattern: '<{letter}_{digit}>', initialise: 'mean-of-item-text', noise: 0 },
      levels: [
        { first_id: 4, size: 2 },
        { first_id: 6, size: 2 },
      ],
      ...rule,
    },
    control_tokens: [{ token: '<|item|>', id: 8, initialise: 'mean-of-vocabulary', noise: 0 }],
  };
}

// The fifth row is a spare one of the base model: it must not count.
const base = createMatrix(5, 2, Float32Array.of(0, 0, 2, 0, 0, 4, 6, 4, 100, 100));
const itemIndex = { levels: 2, codes: Int32Array.of(0, 0, 0, 1, 1, 0) };
const itemTexts = [[1, 3], [2, 2, 2, 5], []];

test('a code starts as the mean of the texts of the items that carry it', (t) => {
  const rows = initialRows({ file: fileWith({}), base, itemTexts, itemIndex, seed: 1 });
  t.deepEqual(
    [...rows],
    [
      ...[2, 3], // a_0: mean of (4, 2) and (0, 4); the added token 5 in a text is passed over
      ...[2, 2], // a_1: its only item has no text, so the mean of the vocabulary
      ...[4, 2], // b_0: the first item alone, as the third has no text
      ...[0, 4],
      ...[2, 2],
    ],
  );
});

test('a code starts where the items that carry it are, all rows at one deviation', (t) => {
  const itemVectors = createMatrix(3, 2, Float32Array.of(3, 0, 0, 3, -1, 1));
  const vectorFile = fileWith({ initialise: 'mean-of-item-vectors', std: 0.1 });
  const rows = initialRows({ file: vectorFile, base, itemTexts, itemIndex, itemVectors, seed: 1 });
  const unit = Math.SQRT2 * 0.1;
  const near = (at: number, expected: number) => t.true(Math.abs(rows[at] - expected) < 1e-6, `${at}`);
  near(0, 0.1); // a_0: the first two items, halfway between their directions
  near(1, 0.1);
  near(2, -0.1); // a_1: the third alone
  near(3, 0.1);
  near(4, unit * (2 / Math.hypot(2, 1))); // b_0: the first and the third
  near(5, unit * (1 / Math.hypot(2, 1)));
  near(6, 0); // b_1: the second alone
  near(7, unit);
});

test('a digit that no item carries starts at random, also where others start at items', (t) => {
  const codes = { levels: 2, codes: Int32Array.of(0, 0, 0, 0, 0, 0) };
  const itemVectors = createMatrix(3, 2, Float32Array.of(3, 0, 3, 0, 3, 0));
  const vectorFile = fileWith({ initialise: 'mean-of-item-vectors', std: 0.1 });
  const rows = initialRows({ file: vectorFile, base, itemTexts, itemIndex: codes, itemVectors, seed: 1 });
  t.true(rows[2] !== 0 && rows[3] !== 0 && Math.abs(rows[2]) < 1);
});

test('a token that the base has learned goes on from its row there', (t) => {
  const file = { ...fileWith({ noise: 0.1 }), trained_rows: [-1, 4, -1, -1, 3] };
  const rows = initialRows({ file, base, itemTexts, itemIndex, seed: 1 });
  t.deepEqual([...rows.subarray(2, 4), ...rows.subarray(8)], [100, 100, 6, 4]);
  const beyond = { ...file, trained_rows: [-1, 5, -1, -1, -1] };
  t.throws(() => initialRows({ file: beyond, base, itemTexts, itemIndex, seed: 1 }), {
    message: /has 5 rows/,
  });
});

test('noise is seeded, small, and keeps equal means apart', (t) => {
  const rowsFor = (seed: number) =>
    initialRows({ file: fileWith({ noise: 0.01 }), base, itemTexts, itemIndex, seed });
  t.deepEqual(rowsFor(1), rowsFor(1));
  t.notDeepEqual(rowsFor(1), rowsFor(2));
  const [x, y] = rowsFor(1);
  t.true(x !== 2 && Math.abs(x - 2) < 0.2 && y !== 3 && Math.abs(y - 3) < 0.2);
});

test('normal rows have the deviation asked for, or that of the base rows', (t) => {
  const wide = createMatrix(5, 4000);
  for (let at = 0; at < wide.data.length; at++) wide.data[at] = at % 2 === 0 ? 0.5 : -0.5;
  const deviation = (std?: number) => {
    const file = fileWith({ initialise: 'normal', ...(std === undefined ? {} : { std }) });
    const rows = initialRows({ file, base: wide, itemTexts, itemIndex, seed: 3 }).subarray(0, 4 * 4000);
    return Math.sqrt(rows.reduce((sum, value) => sum + value * value, 0) / rows.length);
  };
  t.true(Math.abs(deviation(0.02) - 0.02) < 0.001);
  t.true(Math.abs(deviation() - 0.5) < 0.02);
});

test('an embedding with fewer rows than the tokenizer has tokens is refused', (t) => {
  const small = createMatrix(3, 2);
  const error = t.throws(
    () => initialRows({ file: fileWith({}), base: small, itemTexts, itemIndex, seed: 1 }),
    {
      name: 'UserError',
    },
  );
  t.regex(error.message, /3 rows, its tokenizer 4 tokens/);
});

test('an item index that the vocabulary was not made for is refused', (t) => {
  const codes = Int32Array.of(0, 0, 0, 1, 2, 0);
  const options = { file: fileWith({}), base, itemTexts, itemIndex: { levels: 2, codes }, seed: 1 };
  t.throws(() => initialRows(options), { name: 'UserError', message: /does not fit/ });
});
