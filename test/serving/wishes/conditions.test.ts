import test from 'ava';
import type { AttributeValue, Item } from '../../../orchestrator/dataset/types.ts';
import { madeOnce } from '../../../orchestrator/serving/made-once.ts';
import { createItemFields } from '../../../orchestrator/serving/rules/item-fields.ts';
import { createConditions } from '../../../orchestrator/serving/wishes/conditions.ts';
import { createToldAmounts } from '../../../orchestrator/serving/wishes/told-amounts.ts';
import {
  createUnderstanding,
  type Exclusion,
  type Limit,
} from '../../../orchestrator/understanding/index.ts';

const item = (title: string, brand: string, attributes: Record<string, AttributeValue>): Item => ({
  item_id: title,
  title,
  description: title === 'Oat Soap' ? 'Free of perfume.' : '',
  categories: ['Bath', title.includes('Soap') ? 'Soap' : 'Towels'],
  brand,
  keywords: [],
  attributes,
});
const items = [
  item('Oat Soap', 'Linden', { price: 4, stock: 0 }),
  item('Perfume Soap', 'Birke', { price: 9, stock: 2, colour: 'Blue' }),
  item('Bath Towel', 'Birke', { stock: 5, colour: ['Blue', 'White'] }),
];
const numberOf = (id: string) => {
  const at = items.findIndex(({ item_id }) => item_id === id);
  return at < 0 ? undefined : at;
};
const { holding } = madeOnce(() => createUnderstanding(items))();
const fields = createItemFields(items);
const conditionsOf = createConditions(
  fields,
  numberOf,
  (phrase) => holding(phrase),
  createToldAmounts(items, fields),
);

const without = (more: Partial<Exclusion>): Exclusion => ({
  text: 'x',
  categories: [],
  brands: [],
  words: [],
  item_ids: [],
  ...more,
});
const limit = (field: string, more: Partial<Limit>): Limit => ({
  text: 'x',
  field,
  min: null,
  max: null,
  values: [],
  ...more,
});
const left = (exclusions: Exclusion[], limits: Limit[]) => {
  const { allowed } = conditionsOf({ without: exclusions, limits, order: null });
  return allowed && [...allowed];
};

test('nothing asked restricts nothing', (t) => {
  t.is(left([], []), null);
});

test('words, brands, categories and items are left out; what an item is free of is not in it', (t) => {
  t.deepEqual(left([without({ words: ['perfume'] })], []), [0, 2]);
  t.deepEqual(left([without({ words: ['bath towel', 'oat towel'] })], []), [0, 1], 'all words of a phrase');
  t.deepEqual(left([without({ brands: ['Birke'] })], []), [0]);
  t.deepEqual(left([without({ categories: ['Bath > Soap'] })], []), [2]);
  t.deepEqual(left([without({ item_ids: ['Oat Soap', 'gone'] })], []), [1, 2]);
});

test('a limit holds for items that say so: one without a price is not cheap', (t) => {
  t.deepEqual(left([], [limit('price', { max: 8 })]), [0]);
  t.deepEqual(left([], [limit('stock', { min: 1 })]), [1, 2]);
  t.deepEqual(left([], [limit('colour', { values: ['blue', 'green'] })]), [1, 2]);
  t.deepEqual(left([without({ brands: ['Birke'] })], [limit('stock', { min: 1 })]), []);
});

test('what no item says is told, and restricts nothing', (t) => {
  const weight = limit('weight', { max: 3 });
  const { allowed, unknown } = conditionsOf({ without: [], limits: [weight], order: null });
  t.deepEqual([allowed, unknown], [null, [weight]]);
});

test('of what misses a price it is known by which share; without a price, or ruled out, it has no place', (t) => {
  const cheap = limit('price', { max: 2 });
  const { beyond } = conditionsOf({ without: [], limits: [cheap], order: null });
  t.deepEqual([0, 1, 2].map(beyond), [1, 3.5, null]);
  const ruled = conditionsOf({
    without: [without({ item_ids: ['Oat Soap'] })],
    limits: [cheap],
    order: null,
  });
  t.deepEqual([0, 1].map(ruled.beyond), [null, 3.5]);
});

test('an attribute of any name orders by its own numbers, and by no measure where it has none', (t) => {
  const some = [item('Oat Soap 100 g', 'Linden', { constructor: 'Ford' })];
  t.is(createToldAmounts(some, createItemFields(some)).among('constructor', [0]), null);
  t.is(createToldAmounts(some, createItemFields(some)).among('weight', [0])?.(0), 100);
});
