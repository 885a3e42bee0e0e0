import test from 'ava';
import type { Item } from '../../../orchestrator/dataset/types.ts';
import { madeOnce } from '../../../orchestrator/serving/made-once.ts';
import { createItemFields } from '../../../orchestrator/serving/rules/item-fields.ts';
import { createTextIndex } from '../../../orchestrator/serving/text-index.ts';
import { createFitWish, type FitterParts } from '../../../orchestrator/serving/wishes/fit-wish.ts';
import { createHeldWords } from '../../../orchestrator/serving/wishes/held-words.ts';
import type { Wish } from '../../../orchestrator/understanding/intent.ts';

const item = (title: string, category: string, description = '', brand = ''): Item => ({
  item_id: title,
  title,
  description,
  categories: category ? category.split(' > ') : [],
  brand,
  keywords: [],
});

const items = [
  item('Oat Soap', 'Bath > Soap', 'For dry hands, no perfume.', 'Linden'),
  item('Rose Soap', 'Bath > Soap', 'A perfume of roses.', 'Birke'),
  item('Rose Bush', 'Garden > Plants', 'Needs sun, survives the winter.'),
  item('Bread Knife', 'Kitchen > Knives'),
  item('Knife Grinder', 'Kitchen > Knives', 'Sharpens all blades.'),
  item('Pillow Case', 'Home > Bedding', 'Soft in winter.'),
  item('Rice 500 g', 'Kitchen > Rice'),
  item('Rice 5 kg', 'Kitchen > Rice'),
];
const index = madeOnce(() => createTextIndex(items));
type Nearest = Awaited<ReturnType<FitterParts['meaning']>>;
const fitterWith = (meaning: Nearest | null) =>
  createFitWish({
    items,
    fields: createItemFields(items),
    holding: createHeldWords(items, index, { holding: () => new Set(), isOneOf: () => true }),
    hasWords: (text) => text !== 'zxqv',
    meaning: async () => meaning,
  });

const wish = (text: string, more: Partial<Wish> = {}): Wish => ({
  text,
  categories: [],
  brands: [],
  words: text.split(' '),
  measures: [],
  ...more,
});
const fittingBy = (meaning: Nearest | null) => async (asked: Wish) => {
  const { groups } = await fitterWith(meaning)(asked, null);
  return groups
    .filter(({ matched }) => matched)
    .map((group) => [...group.items].map((at) => items[at].title));
};
const fitting = fittingBy(null);

test('items that hold all words fit, in the title or category before the description', async (t) => {
  t.deepEqual(await fitting(wish('rose soap')), [['Rose Soap']]);
  t.deepEqual(await fitting(wish('perfume')), [['Rose Soap']], '"no perfume" holds none');
  t.deepEqual(await fitting(wish('winter')), [['Pillow Case', 'Rose Bush']]);
});

test('the thing is what its last word says: other words of the wish say which, if any is so', async (t) => {
  t.deepEqual(await fitting(wish('winter knives for rice', { words: ['winter', 'knife', 'rice'] })), [
    ['Bread Knife', 'Knife Grinder'],
  ]);
  t.deepEqual(await fitting(wish('rose knives', { words: ['rose', 'knife'] })), [
    ['Bread Knife', 'Knife Grinder'],
  ]);
});

test('what is near in meaning stands first, and what says all of the words fits, too', async (t) => {
  const nearest = async () => [{ item: 2, cosine: 1 }];
  const near = fittingBy({ nearest, byWords: false });
  t.deepEqual((await near(wish('winter'))).flat(), ['Rose Bush', 'Rose Bush', 'Pillow Case', 'Rose Bush']);
  // Of several words, those of some items say little.
  t.deepEqual((await near(wish('winter dry'))).flat(), ['Rose Bush']);
});

test('mere letters mean nothing', async (t) => {
  const nearest = async () => [{ item: 0, cosine: 1 }];
  const near = fittingBy({ nearest, byWords: false });
  t.deepEqual(await near(wish('clean')), [['Oat Soap']]);
  t.deepEqual(await near(wish('zxqv')), []);
});

test('words are found in their forms', async (t) => {
  t.deepEqual(await fitting(wish('grind knives')), [['Knife Grinder']]);
  t.deepEqual(await fitting(wish('roses')), [['Rose Soap', 'Rose Bush']]);
});

test('a category is a condition; of its items, those with all words fit, and others of the kind come next', async (t) => {
  const soap = { categories: ['Bath > Soap'], words: ['rose'] };
  const { groups, isPartial } = await fitterWith(null)(wish('rose soap', soap), null);
  t.deepEqual(groups, [
    { items: new Set([1]), matched: true },
    { items: new Set([0]), matched: false },
  ]);
  t.false(isPartial);
});

test('where nothing of a kind has all words, the kind fits, and the answer can say so', async (t) => {
  const asked = wish('violet soap', { categories: ['Bath > Soap'], words: ['violet'] });
  const { groups, isPartial } = await fitterWith(null)(asked, null);
  t.true(isPartial);
  t.deepEqual(groups, [{ items: new Set([0, 1]), matched: true }]);
});

test('what the catalogue does not know fits nothing, though a word beside it is known', async (t) => {
  for (const text of ['winter coat', 'phone case', 'a rose tractor', 'spaceship', 'boots for the winter'])
    t.deepEqual(await fitting(wish(text, { words: text.replace(/^a |for the /g, '').split(' ') })), [], text);
});

test('brand and measure must hold', async (t) => {
  t.deepEqual(await fitting(wish('Linden', { brands: ['Linden'], words: [] })), [['Oat Soap']]);
  const rice = (measure: string) =>
    fitting(wish(`rice ${measure}`, { words: ['rice'], measures: [measure] }));
  t.deepEqual(await rice('5 kg'), [['Rice 5 kg']]);
  t.deepEqual(await rice('0.5 kg'), [['Rice 500 g']]);
  t.deepEqual(await rice('50 kg'), []);
  t.deepEqual(await fitting(wish('soap', { brands: ['Hersteller'] })), []);
});

test('where words say little, meaning decides, and may find nothing either', async (t) => {
  const near = (...found: number[]): Nearest => ({
    byWords: false,
    nearest: async () => found.map((at) => ({ item: at, cosine: 0.9 })),
  });
  const chapped = wish('chapped fingers');
  t.deepEqual(await fittingBy(near(0))(chapped), [['Oat Soap']]);
  t.deepEqual(await fittingBy(near())(chapped), []);
  t.deepEqual(await fittingBy(near(0))(wish('rose soap')), [['Rose Soap']], 'clear words need no meaning');
});

test('where nothing of a kind is allowed, its words find others', async (t) => {
  const asked = wish('rose soap', { categories: ['Bath > Soap'], words: [] });
  const { groups, isPartial } = await fitterWith(null)(asked, new Set([2, 3]));
  t.true(isPartial);
  t.deepEqual(groups, [{ items: new Set([2]), matched: true }]);
});

test('where all that is called so is ruled out, what is kept beside it does not fit', async (t) => {
  const find = fitterWith(null);
  const grinder = wish('grinder', { categories: ['Kitchen > Knives'] });
  const { groups, by, isPartial } = await find(grinder, new Set([3, 5, 6]));
  t.deepEqual(groups, [{ items: new Set([3]), matched: false }]);
  t.deepEqual([by, isPartial], [null, false]);
  // A kind without one of its properties is still the kind.
  const soap = wish('rose soap', { categories: ['Bath > Soap'], words: ['rose'] });
  t.true((await find(soap, new Set([0]))).isPartial);
});

test('only what is allowed fits', async (t) => {
  const { groups } = await fitterWith(null)(wish('rose'), new Set([2]));
  t.deepEqual(groups, [{ items: new Set([2]), matched: true }]);
});

test('what is unknown to an encoder of words fits nothing', async (t) => {
  const ofWords: Nearest = { byWords: true, nearest: async () => [{ item: 2, cosine: 0.9 }] };
  t.deepEqual(await fittingBy(ofWords)(wish('winter coat')), []);
});

test('behind those of a size come others of their kind', async (t) => {
  const asked = wish('rice', { categories: ['Kitchen > Rice'], words: [], measures: ['500 g'] });
  const { groups } = await fitterWith(null)(asked, null);
  t.deepEqual(
    groups.map(({ items: found, matched }) => [[...found].map((at) => items[at].title), matched]),
    [
      [['Rice 500 g'], true],
      [['Rice 5 kg'], false],
    ],
  );
});
