import test from 'ava';
import { read, understandingOf, wishesOf } from './garden-shop.ts';
import { item } from './item.ts';

const orderOf = (...turns: string[]) => read(...turns).order;

test('what sells best is an order, beside what is wished for and its limits', (t) => {
  for (const text of [
    'what sells best?',
    'bestsellers',
    'best-selling please',
    'what is popular?',
    'what do most people buy?',
    'which ones do people like best?',
    'what is in high demand?',
    'sort by popularity',
    'top sellers',
  ]) {
    t.is(orderOf(text), 'popular', text);
    t.deepEqual(wishesOf(text), [], text);
  }
  for (const text of [
    'your most popular guitars',
    'guitars, bestsellers first',
    'best selling guitars',
    'most bought guitars',
  ]) {
    t.is(orderOf(text), 'popular', text);
    t.deepEqual(wishesOf(text), ['Music > Guitars'], text);
  }
  t.is(read('bestsellers under 30 euros').limits[0]?.max, 30);
  t.is(orderOf('guitars -> G1 G2', 'the most popular ones'), 'popular');
});

test('what only sounds so is no such order', (t) => {
  for (const text of ['not the popular ones', 'what is the best guitar?', 'people like me play the guitar'])
    t.is(orderOf(text), null, text);
  t.is(orderOf('the cheapest guitar'), 'cheapest');
});

test('what is new is an order by since when items are sold, if they tell it', (t) => {
  const unknown = { text: 'newest', field: 'date of arrival', most: true };
  for (const text of [
    'what is new?',
    'new arrivals',
    'anything new in pots?',
    'the newest pots',
    'your latest items',
  ])
    t.deepEqual(orderOf(text), unknown, text);
  for (const text of ['a new pot', 'I am new here', 'I need a new guitar for my son'])
    t.is(orderOf(text), null, text);
  const dated = understandingOf([
    item('1', 'Blue Mug', ['Mugs'], { attributes: { release_date: '2026-02-01' } }),
    item('2', 'Red Mug', ['Mugs'], { attributes: { release_date: '2026-03-01' } }),
  ]);
  t.deepEqual(dated.read([{ text: 'what is new?', shown: [] }]).order, { ...unknown, field: 'release_date' });
});
