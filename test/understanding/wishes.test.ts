import test from 'ava';
import { items, read, shop, wishesOf, withoutOf } from './garden-shop.ts';

const asks = test.macro<[text: string, ...wishes: string[]]>({
  exec: (t, text, ...wishes) => t.deepEqual(wishesOf(text), wishes),
  title: (_, text, ...wishes) => `"${text}" asks for ${wishes.join(', and for ')}`,
});

test(asks, 'show me guitars', 'Music > Guitars');
test(asks, 'I am looking for a flower pot, please', 'Garden > Pots + flower');
test(asks, 'a bag of bird food', 'Pets > Birds > Food');
test(asks, 'something for my garden', 'Garden');
test(asks, 'a pot from Oak & Iron', 'Garden > Pots + Oak & Iron');
test(asks, 'anything by Tonart', 'Tonart');
test(asks, 'gift ribbon', 'Home > Wrapping + gift + ribbon');
test(asks, 'a fragrance for my uncle', 'Care > Scents > Men');

// How a thing is asked for is no thing; what a shop could have is one.
for (const text of [
  'desperately seeking a spade',
  'any tips on a spade?',
  'help me choose a spade',
  'my old one broke, so I need a spade',
  'a spade would not go amiss',
  'a shiny spade',
])
  test(asks, text, 'Garden > Tools + spade');

test(asks, 'pots and a spade', 'Garden > Pots', 'Garden > Tools + spade');
test(
  asks,
  'a bib, a spade and bird food',
  'Kids > Clothing + bib',
  'Garden > Tools + spade',
  'Pets > Birds > Food',
);
test(
  asks,
  'guitar and violin strings',
  'Music > Strings & Picks + guitar + strings',
  'Music > Strings & Picks + violin + strings',
);
test(asks, 'seeds or pots', 'Garden > Seeds', 'Garden > Pots');
test(asks, 'a pepper and salt mill', 'Home > Table + pepper + salt + mill');
test(asks, 'pots from Oak & Iron and seeds', 'Garden > Pots + Oak & Iron', 'Garden > Seeds');

test(asks, 'bird food 5kg', 'Pets > Birds > Food + 5 kg');
test(asks, 'a picnic blanket for four people', 'Home > Table + picnic + blanket + 4 people');
test(asks, 'two-person picnic blanket', 'Home > Table + picnic + blanket + 2 people');
test(asks, 'picnic blanket for two', 'Home > Table + picnic + blanket + 2 people');
test(asks, 'dog bed in size L', 'Pets > Dogs > Beds + size L');
test(asks, 'table cloth 140x200', 'Home > Table + cloth + 140x200');
test(asks, '10 l watering can', 'Garden > Tools + watering + can + 10 l');

test('a thing that the catalogue does not have keeps its words, and its noun is unknown', (t) => {
  t.deepEqual(wishesOf('a bread slicer'), ['bread + slicer']);
  t.deepEqual(read('a bread slicer').unknown, ['bread', 'slicer']);
});

test('an unknown noun is missed even if the word before it is known', (t) => {
  t.deepEqual(wishesOf('a violin case'), ['violin + case']);
  t.deepEqual(read('a violin case').unknown, ['case']);
});

test('a property that no item has is told, and the thing is still looked for', (t) => {
  t.deepEqual(wishesOf('a purple pot'), ['Garden > Pots']);
  t.deepEqual(read('a purple pot').unknown, ['purple']);
});

test('words that only describe are neither looked for nor unknown', (t) => {
  const { wishes, unknown } = read('a really big, beautiful spade');
  t.deepEqual(
    wishes.map(({ words }) => words),
    [['spade']],
  );
  t.deepEqual(unknown, []);
});

test('the text of a wish is what was said, for people and for its meaning', (t) => {
  t.is(read('hello, we want a picnic on cold ground').wishes[0].text, 'picnic on cold ground');
});

test('greetings and thanks ask for nothing', (t) => {
  for (const text of ['hello', 'thanks a lot!', 'could you please help me?', '', '?!', '😀', '12345'])
    t.deepEqual(wishesOf(text), [], text);
});

test('what stands before a list, and how many are asked for, is no wish', (t) => {
  t.deepEqual(wishesOf('our garden list: a spade, seeds'), ['Garden > Tools + spade', 'Garden > Seeds']);
  t.deepEqual(wishesOf('top 3 guitars'), ['Music > Guitars']);
  t.deepEqual(read('top 3 guitars').unknown, []);
});

test('a word that titles write in two, or spell as it sounds, is theirs', (t) => {
  t.deepEqual(wishesOf('a nestingbox'), wishesOf('a nesting box'));
  t.deepEqual(wishesOf('guitar stryngs'), wishesOf('guitar strings'));
});

test('for whom something is, said once more, is no second wish', (t) => {
  t.deepEqual(wishesOf('a dog bed, my dog has no basket'), ['Pets > Dogs > Beds']);
});

test('what stands around the asking is no part of the wish', (t) => {
  for (const text of [
    'my uncle wants a spade',
    'I would be much obliged if you could show me a spade',
    'our neighbour is looking for a spade',
  ])
    t.deepEqual(
      read(text).wishes.map((wish) => wish.text),
      ['spade'],
      text,
    );
  t.deepEqual(wishesOf('for the garden I need a spade'), ['Garden > Tools + spade']);
});

test('of a category that names two things, titles tell which an item is', (t) => {
  const [strings, pick] = ['M1', 'M3'].map((id) => items.findIndex(({ item_id }) => item_id === id));
  t.deepEqual(
    [strings, pick].map((item) => ['strings', 'picks'].filter((word) => shop.isOneOf(item, word))),
    [['strings'], ['picks']],
  );
  t.true(shop.isOneOf(strings, 'guitar'), 'other words say nothing of it');
});

test('whatever there is for somebody is a wish of its own beside another', (t) => {
  for (const text of [
    'something for my puppy and a spade for the garden',
    'a surprise or anything for the dog plus a spade',
    'anything for the dog, a spade',
  ])
    t.deepEqual(wishesOf(text), ['Pets > Dogs', 'Garden > Tools + spade'], text);
  t.deepEqual(wishesOf('a spade and something for my puppy'), ['Garden > Tools + spade', 'Pets > Dogs']);
  // What is for them says more about it.
  t.deepEqual(wishesOf('something for my dog, a bed'), ['Pets > Dogs > Beds']);
  const [gift, seeds] = read('a present for my aunt and some seeds').wishes;
  t.deepEqual([gift.text, seeds.categories], ['for aunt', ['Garden > Seeds']]);
  t.deepEqual(
    read('presents for mum and dad').wishes.map(({ text }) => text),
    ['for mum', 'for dad'],
  );
  // What is for neither is left out.
  t.deepEqual(withoutOf('a gift for my mum and dad'), ['Pets', 'Kids']);
  t.deepEqual(withoutOf('a gift for my aunt and my toddler'), ['Pets']);
  // For whom the shop has nothing is said, and not dropped.
  t.deepEqual(
    read('something for my cat and a spade').wishes.map(({ text }) => text),
    ['for cat', 'spade'],
  );
});

test('of more wishes than are looked for, the others are told', (t) => {
  const things =
    'a spade, pots, seeds, guitars, a pick, a bib, a marble run, a mill, a nesting box, dog beds, a ribbon';
  const { wishes, unread } = read(things);
  t.deepEqual([wishes.length, unread], [10, ['ribbon']]);
});

test('what opens like a reason and asks for something is a wish', (t) => {
  for (const text of [
    'because of the weeds I need a spade',
    'my one wish is a spade',
    'my old one broke, a spade please',
    'it was lost, so I want a spade',
  ])
    t.deepEqual(wishesOf(text), ['Garden > Tools + spade'], text);
});

test('small words may be typed in haste', (t) => {
  t.deepEqual(wishesOf('do you hav pots n a spade'), ['Garden > Pots', 'Garden > Tools + spade']);
});

test('what is told beside a thing, and what names its kind, is no wish of its own', (t) => {
  t.deepEqual(read('seeds, we are off on a voyage').wishes[0].text, 'seeds');
  t.deepEqual(read('seeds, we are off on a voyage').unknown, []);
  t.deepEqual(wishesOf('seeds, the tomato kind'), ['Garden > Seeds + tomato']);
  t.is(read('pots in stock, available right now').limits.length, 1);
  t.deepEqual(wishesOf('when I walk the dog'), ['Pets > Dogs']);
});

test('what we need is asked for, as what I need', (t) => {
  t.deepEqual(wishesOf('we need seeds and also a spade'), ['Garden > Seeds', 'Garden > Tools + spade']);
  t.deepEqual(wishesOf('we just need pots'), ['Garden > Pots']);
});
