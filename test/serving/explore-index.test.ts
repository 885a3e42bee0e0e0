import test from 'ava';
import type { Catalogue } from '../../orchestrator/serving/inspect/catalogue.ts';
import { branchOfIndex, overviewOfIndex } from '../../orchestrator/serving/inspect/explore-index.ts';
import { labelWords } from '../../orchestrator/serving/inspect/label-words.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';

const titles = ['red lipstick', 'pink lipstick', 'hair shampoo', 'dry shampoo', 'nail file'];

/** Five items of two digits: a tells what they are, b how they are used. */
const catalogue: Catalogue = {
  items: titles.map((title, at) => ({
    item_id: `i${at}`,
    title,
    description: '',
    categories: [],
    brand: '',
    keywords: [],
  })),
  index: { levels: 2, levelSizes: [3, 3], codes: Int32Array.from([0, 0, 0, 1, 1, 0, 1, 2, 2, 1]) },
  sources: ['semantic', 'behaviour'],
};

const titlesOf = (chosen: (number | null)[]) =>
  branchOfIndex(catalogue, chosen).items.map(({ title }) => title);

test('with nothing chosen all items are there, each digit with its items and the words that set them off', (t) => {
  const { count, choices } = branchOfIndex(catalogue, []);
  t.is(count, 5);
  t.deepEqual(
    choices[0].map(({ digit, items, words }) => [digit, items, words[0]]),
    [
      [0, 2, 'lipstick'],
      [1, 2, 'shampoo'],
      [2, 1, 'file'],
    ],
  );
});

test('digits can be chosen on any level, and the others show what is left', (t) => {
  t.deepEqual(titlesOf([1, null]), ['hair shampoo', 'dry shampoo']);
  t.deepEqual(titlesOf([null, 1]), ['pink lipstick', 'nail file']);
  t.deepEqual(titlesOf([2, 1]), ['nail file']);
  const { choices } = branchOfIndex(catalogue, [null, 1]);
  t.deepEqual(
    choices.map((level) => level.map(({ digit, items }) => [digit, items])),
    [
      [
        [0, 1],
        [2, 1],
      ],
      [
        [0, 2],
        [1, 2],
        [2, 1],
      ],
    ],
  );
});

test('a branch that no item is on is empty, and one that cannot be is an error', (t) => {
  t.is(branchOfIndex(catalogue, [0, 2]).count, 0);
  for (const chosen of [[3], [0, 0, 0], [null, 99]])
    t.is(
      t.throws(() => branchOfIndex(catalogue, chosen), { instanceOf: UserError }).code,
      'serving/no-branch',
    );
});

test('the overview counts clusters by their size', (t) => {
  const { items, collision_rate, levels } = overviewOfIndex(catalogue);
  t.is(items, 5);
  t.is(collision_rate, 0);
  t.deepEqual(levels[0].cluster_sizes, [
    { from: 1, to: 1, clusters: 1 },
    { from: 2, to: 2, clusters: 2 },
  ]);
  t.is(levels[1].source, 'behaviour');
});

test('what sets a digit off are words for things: no "for", no numbers and no units', (t) => {
  t.deepEqual(labelWords('Shampoo for Dry Hair with Oil, 8.5 Fluid Ounce (Pack of 2)'), [
    'shampoo',
    'dry',
    'hair',
    'oil',
  ]);
  t.deepEqual(labelWords('Cologne for Men 100 ml'), ['cologne', 'men']);
});
