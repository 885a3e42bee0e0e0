import test from 'ava';
import { tfIdf } from '../../../orchestrator/embedding/semantic/tf-idf.ts';
import { wordsOf } from '../../../orchestrator/embedding/semantic/words.ts';

test('words are lower case, numbers keep their points, marks are dropped', (t) => {
  t.deepEqual(wordsOf("L’Oréal SPF30 cream, 1.7 oz (10,000 pcs) for men's-care"), [
    "l'oréal",
    'spf30',
    'cream',
    '1.7',
    'oz',
    '10,000',
    'pcs',
    'for',
    "men's",
    'care',
  ]);
  t.deepEqual(wordsOf(' … '), []);
});

test('words are found where the script has no spaces', (t) => {
  t.true(wordsOf('緑茶 シャンプー').length >= 2);
});

test('weights are those of the formula, by hand', async (t) => {
  const { matrix, terms } = await tfIdf([['tea tea mint'], ['tea soap'], ['soap mint']], { maxShare: 1 });
  t.deepEqual(terms, ['mint', 'soap', 'tea']);
  // Every term stands in two of three items, so that idf is the same and falls out of the normalised row.
  const weights = [1, 1 + Math.log(2)];
  const length = Math.hypot(...weights);
  t.deepEqual([...matrix.columnOf.subarray(0, 2)], [0, 2]);
  t.true(Math.abs(matrix.values[0] - weights[0] / length) < 1e-12);
  t.true(Math.abs(matrix.values[1] - weights[1] / length) < 1e-12);
});

test('a rarer term weighs more, by the smoothed idf', async (t) => {
  const { matrix } = await tfIdf([['a b'], ['a b'], ['a'], ['c']], { maxShare: 1 });
  const a = Math.log(5 / 4) + 1;
  const b = Math.log(5 / 3) + 1;
  t.true(Math.abs(matrix.values[1] / matrix.values[0] - b / a) < 1e-12);
});

test('terms in too few or too many items are left out', async (t) => {
  const { terms } = await tfIdf([['beauty x tea'], ['beauty y tea'], ['beauty z soap'], ['beauty soap']]);
  t.deepEqual(terms, ['soap', 'tea']);
});

test('a term in two fields counts by both weights', async (t) => {
  const { matrix } = await tfIdf(
    [
      ['tea soap', 'tea'],
      ['tea soap', ''],
    ],
    { fieldWeights: [1, 3], maxShare: 1 },
  );
  // soap 1, tea 1 + 3
  t.true(Math.abs(matrix.values[1] / matrix.values[0] - 4) < 1e-12);
});
