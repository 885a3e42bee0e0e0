import test from 'ava';
import type { Item } from '../../orchestrator/dataset/types.ts';
import { createItemLinker } from '../../orchestrator/serving/link-items.ts';

const item = (item_id: string, title: string, more: Partial<Item> = {}): Item => ({
  item_id,
  title,
  description: '',
  categories: [],
  brand: '',
  keywords: [],
  ...more,
});

const items = [
  item('B001', 'Urban Decay Naked Palette'),
  item('B002', 'Urban Decay Naked2 Palette'),
  item('B003', 'Moroccan Argan Oil Shampoo'),
  item('B004', 'Coconut Milk Shampoo', { keywords: ['curly hair'] }),
  item('B005', 'Neutrogena Hand Cream', { description: 'for very dry hands' }),
  item('B006', 'Nail Polish Red'),
  item('B007', 'Nail Polish Blue'),
  item('4711', 'Eau de Cologne', { brand: 'Mäurer & Wirtz' }),
  item('B009', 'Eau de Toilette'),
  item('B010', 'Hand Cream'),
  item('B011', 'Hand Cream'),
  item('B012', 'Eau de Parfum'),
  item('B013', 'Eau de Rose'),
];
const linker = createItemLinker(items);
const named = (text: string) => linker.read(text).mentions.map((mention) => items[mention.item].item_id);

test('titles in a text are mentions, in the order in which they are named', (t) => {
  t.deepEqual(named('I bought the Nail Polish Red, and before that Urban Decay Naked Palette'), [
    'B006',
    'B001',
  ]);
});

test('a title is found though it is misspelt, in other words around it, and in capitals', (t) => {
  t.deepEqual(named('i love my URBAN DECAI naked pallete!'), ['B001']);
  t.deepEqual(named('moroccan argan oil shampo'), ['B003']);
});

test('words that many titles share name nothing', (t) => {
  t.deepEqual(
    named('a hand cream'),
    ['B010'],
    'two words are the whole title of two items: the first is taken',
  );
  t.deepEqual(named('some eau de'), []);
  t.deepEqual(named('nail'), []);
});

test('an id in a text is a mention; a number is none', (t) => {
  t.deepEqual(named('I had B005 and b003 before'), ['B005', 'B003']);
  t.deepEqual(named('4711 things'), []);
});

test('what is left of a text is the wish, without words that say nothing', (t) => {
  t.is(linker.read('I just bought Urban Decay Naked Palette, what next?').wish, '');
  t.is(
    linker.read('I have the Urban Decay Naked Palette and now I need something for dry hands').wish,
    'dry hands',
  );
  t.is(linker.read('please recommend something else').wish, '');
  t.is(linker.read('I have the Nail Polish Red and need another nail polish').wish, 'nail polish');
});

test('an item is found by its id or its whole title, whatever the case; a title that two items have finds none', (t) => {
  t.is(linker.find('b003'), 2);
  t.is(linker.find(' nail  polish RED '), 5);
  t.is(linker.find('Hand Cream'), null);
  t.is(linker.find('Nail Polish'), null);
  t.is(linker.find(''), null);
});

test('search answers while somebody types: beginnings, typing errors, brands, ids', (t) => {
  const found = (typed: string) => linker.search(typed, 2).map((match) => items[match.item].item_id);
  t.deepEqual(found('urban dec'), ['B001', 'B002']);
  t.deepEqual(found('shampo'), ['B004', 'B003']);
  t.deepEqual(found('mäur'), ['4711']);
  t.deepEqual(found('4711'), ['4711']);
  t.deepEqual(found('zzzz'), []);
});

test('a word that is said again finds nothing else', (t) => {
  for (const text of ['shampoo', 'nail polish', 'dry hand']) {
    const again = `${text} ${text} ${text}`;
    t.deepEqual(linker.search(again, 9), linker.search(text, 9));
  }
});

test('texts of any length and any signs are read', (t) => {
  for (const text of [
    '',
    ' ',
    '\u0000\u001b[31m',
    '💄'.repeat(2000),
    'a'.repeat(100_000),
    '<a_1><b_2>',
    '日本の化粧品',
  ])
    t.notThrows(() => linker.read(text));
});

test('a catalogue without titles is linked by its ids', (t) => {
  const bare = createItemLinker([item('x1', ''), item('x2', '')]);
  t.is(bare.find('x2'), 1);
  t.deepEqual(bare.read('anything').mentions, []);
});
