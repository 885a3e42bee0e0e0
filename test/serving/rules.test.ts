import test from 'ava';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { where as whereSchema } from '../../orchestrator/serving/contract/index.ts';
import { createItemFields } from '../../orchestrator/serving/rules/item-fields.ts';
import { createRules } from '../../orchestrator/serving/rules/read-rules.ts';
import { createWhere } from '../../orchestrator/serving/rules/where.ts';

const item = (
  item_id: string,
  categories: string[],
  brand: string,
  attributes?: Item['attributes'],
): Item => ({ item_id, title: item_id, description: '', categories, brand, keywords: [], attributes });
const items = [
  item('beans', ['Kitchen', 'Coffee', 'Beans'], 'Baristo', { price: 9, stock: 3, tags: ['organic', 'new'] }),
  item('kettle', ['Kitchen', 'Coffee', 'Brewing'], 'Moka', { price: 79, stock: 0, colour: 'Red' }),
  item('tea', ['Kitchen > Tea'], 'Moka', { price: 5 }),
  item('dog coffee', ['Pets', 'Beans'], ''),
];
const fields = createItemFields(items);
const rulesOf = createRules(fields, createWhere(fields));
const named = (numbers: Iterable<number>) => [...numbers].map((number) => items[number].item_id);
const fitting = (where: object) => named(rulesOf({ where: whereSchema.parse(where) }).allowed ?? []);

test('a category is any part of a path, or several parts in a row', (t) => {
  t.deepEqual(fitting({ category: 'kitchen' }), ['beans', 'kettle', 'tea']);
  t.deepEqual(fitting({ category: 'Beans' }), ['beans', 'dog coffee']);
  t.deepEqual(fitting({ category: 'Coffee > Beans' }), ['beans']);
  t.deepEqual(fitting({ category: 'Kitchen > Beans' }), []);
  t.deepEqual(fitting({ category: ['Tea', 'Pets'] }), ['tea', 'dog coffee']);
});

test('brand, price, stock and every other attribute are conditions, and all have to hold', (t) => {
  t.deepEqual(fitting({ brand: 'moka' }), ['kettle', 'tea']);
  t.deepEqual(fitting({ price_max: 9 }), ['beans', 'tea']);
  t.deepEqual(fitting({ price_min: 9, price_max: 80 }), ['beans', 'kettle']);
  t.deepEqual(fitting({ price: { min: 6, max: 10 } }), ['beans']);
  t.deepEqual(fitting({ price: 79 }), ['kettle']);
  t.deepEqual(fitting({ in_stock: true }), ['beans']);
  t.deepEqual(fitting({ tags: ['new', 'sale'] }), ['beans']);
  t.deepEqual(fitting({ colour: 'red', brand: 'Moka' }), ['kettle']);
  t.deepEqual(fitting({ colour: 'red', brand: 'Baristo' }), []);
  t.deepEqual(fitting({}), named(items.keys()));
});

test('an attribute that no item has is an error that names those that there are', (t) => {
  const error = t.throws(() => fitting({ color: 'red' }), { code: 'serving/unknown-attribute' });
  t.is(
    error.message,
    'where: no item has the attribute "color"; there are category, brand, price, stock, tags, colour',
  );
  t.throws(() => fitting({ constructor: 'x' }), { code: 'serving/unknown-attribute' });
});

test('factors of boosts are multiplied where several reach an item', (t) => {
  const { boosted } = rulesOf({ boost: { brand: { Moka: 2 }, category: { Coffee: 1.5, Pets: 0.5 } } });
  t.deepEqual(
    boosted.map(({ factor, items: own }) => [factor, named(own)]),
    [
      [3, ['kettle']],
      [2, ['tea']],
      [1.5, ['beans']],
      [0.5, ['dog coffee']],
    ],
  );
});

test('diversity by category counts the most special place, by an attribute each of its values', (t) => {
  const byCategory = rulesOf({ diversity: { by: 'category', max: 1 } }).spread!;
  t.deepEqual(byCategory.groupsOf(0), ['kitchen > coffee > beans']);
  t.deepEqual(byCategory.itemsIn('kitchen > coffee > beans'), [0]);
  const byTag = rulesOf({ diversity: { by: 'tags', max: 1 } }).spread!;
  t.deepEqual(byTag.groupsOf(0), ['organic', 'new']);
  t.deepEqual(byTag.groupsOf(1), []);
});

test('conditions have their limits', (t) => {
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`a${at}`, 1]));
  t.false(whereSchema.safeParse(many).success);
  t.false(whereSchema.safeParse({ brand: Array.from({ length: 101 }, () => 'x') }).success);
});
