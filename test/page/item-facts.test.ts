import test from 'ava';
import { isSoldOut, soldOutLast } from '../../orchestrator/shared/sold-out.ts';
import { factsOf, kindOf } from '../../page/src/parts/item-facts.ts';
import { headOf as headOfSearch } from '../../page/src/shop/head-of.ts';
import { tasteOf } from '../../page/src/shop/taste-of.ts';
import { headOf } from '../../page/src/talk/head-of.ts';
import { itemCounts } from '../../page/src/talk/item-counts.ts';
import type { Turn } from '../../page/src/talk/turn.ts';

const item = (title: string, brand?: string, ...categories: string[]) => ({
  item_id: title,
  title,
  ...(brand ? { brand } : {}),
  ...(categories.length > 0 ? { categories } : {}),
});

test('a category is told with the one above it, which says whose it is', (t) => {
  t.is(kindOf(item('Rope', 'Wuff', 'Pets', 'Dogs', 'Toys')), 'Wuff\u00a0· Dogs\u00a0› Toys');
  t.is(kindOf(item('Rope', undefined, 'Toys')), 'Toys');
  t.is(kindOf(item('Rope', 'Wuff')), 'Wuff');
  t.is(kindOf(item('Rope')), '');
  // Who made it is said once.
  t.is(kindOf(item('WUFF Rope', 'Wuff', 'Dogs', 'Toys')), 'Dogs\u00a0› Toys');
});

test('a customer is told by where most was bought of late and what of it, else by how much', (t) => {
  const bought = [
    item('Tent', undefined, 'Sports', 'Camping', 'Tents'),
    item('Ball', undefined, 'Pets', 'Dogs', 'Toys'),
    item('Duck', undefined, 'Pets', 'Dogs', 'Toys'),
    item('Bites', undefined, 'Pets', 'Dogs', 'Food'),
  ];
  t.is(tasteOf(bought), 'Dogs › Toys, Food');
  // Who has bought other things of late is called by these.
  const tents = Array.from({ length: 4 }, () => item('Tent', undefined, 'Sports', 'Camping', 'Tents'));
  t.is(tasteOf([...bought, ...tents]), 'Camping › Tents');
  // Of two that are alike the later.
  t.is(tasteOf(bought.slice(0, 2)), 'Dogs › Toys');
  t.is(tasteOf([item('Ink', undefined, 'Stationery')]), 'Stationery');
  t.is(tasteOf([item('Ink'), item('Pen')]), '2 items bought');
});

test('what is bought again is one item, in rows and in counts', (t) => {
  const bought = ['tea', 'cup', 'tea'].map((item_id) => ({ item_id }));
  t.deepEqual(
    itemCounts(bought).map(({ item, times }) => [item.item_id, times]),
    [
      ['tea', 2],
      ['cup', 1],
    ],
  );
  const again = [item('Ink'), item('Pen'), item('Ink')];
  t.is(tasteOf(again), '2 items bought');
  const turn = { question: null, from: again, items: [item('Cup')], understood: null, state: 'done' };
  t.deepEqual(headOf(turn as unknown as Turn), ['Likely next after a history of 2 items:']);
});

test('what is sold out stands behind all others; what the data do not count is not sold out', (t) => {
  const [gone, some, unknown] = [0, 3, null].map((stock, at) => ({
    ...item(`item ${at}`),
    ...(stock === null ? {} : { attributes: { stock } }),
  }));
  t.deepEqual(soldOutLast([gone, some, unknown], isSoldOut), [some, unknown, gone]);
});

test('further attributes are told with their names, and what has a place of its own is not told twice', (t) => {
  const attributes = {
    price: 3,
    stock: 2,
    image: 'https://x.y/z',
    water_resistance: 'high',
    sizes: ['S', 'M'],
  };
  t.deepEqual(factsOf({ ...item('Coat'), attributes, keywords: ['rain'] }), [
    ['Water resistance', 'high'],
    ['Sizes', 'S, M'],
    ['Keywords', 'rain'],
  ]);
});

test('a search is headed by what was understood, by what was typed where words were unfinished, or by what is missing', (t) => {
  const understood = (says: string[]) => ({ parts: [], says, intent: {} }) as never;
  const mended = { count: 3, understood: understood(['Showing *shampoo*.', 'Shampoo, up to 5:']) };
  t.deepEqual(headOfSearch('shmapoo under 5', mended), {
    lead: 'Shampoo, up to 5',
    notes: ['Showing *shampoo*.'],
  });
  t.is(headOfSearch('zzz', { count: 0, understood: null }).lead, 'Nothing is called “zzz”');
  t.deepEqual(headOfSearch('sham', { count: 3, understood: null }), { lead: '“sham”', notes: [] });
  const missing = { count: 0, understood: understood(['Nothing in the catalogue matches *bicycle*.']) };
  t.deepEqual(headOfSearch('bicycle', missing), {
    lead: 'Nothing in the catalogue matches *bicycle*.',
    notes: [],
  });
});
