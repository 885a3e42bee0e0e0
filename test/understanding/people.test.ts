import test from 'ava';
import { items, read, understandingOf, wishesOf, withoutOf } from './garden-shop.ts';

const isFor = test.macro<[text: string, wishes: string[], without: string[]]>({
  exec(t, text, wishes, without) {
    t.deepEqual(wishesOf(text), wishes);
    t.deepEqual(withoutOf(text), without);
  },
  title: (_, text, wishes) => `"${text}" is for somebody: ${wishes.join(', ')}`,
});

const foreign = ['Pets', 'Kids'];
test(isFor, "something nice for my kid's uncle", [], [...foreign, 'Care > Scents > Women']);
test(isFor, 'a gift for my uncle', [], [...foreign, 'Care > Scents > Women']);
test(isFor, 'something nice for grandma', [], [...foreign, 'Care > Scents > Men']);
test(isFor, 'a present for a three year old', ['Kids > Toys'], ['Pets']);
test(isFor, 'a present for a boy of five', ['Kids > Toys'], ['Pets']);
test(isFor, 'a gift for a girl aged 4 please', ['Kids > Toys'], ['Pets']);
test(isFor, 'for my 18 months old toddler', ['Kids'], ['Pets']);
test(isFor, 'a spade for a 40 year old', ['Garden > Tools + spade'], foreign);
test(isFor, 'my puppy is bored', ['Pets > Dogs > Toys'], ['Kids']);
test(isFor, 'I have a dog', ['Pets > Dogs'], ['Kids']);
test(isFor, 'a toy for my dog', ['Pets > Dogs > Toys'], ['Kids']);
test(isFor, 'toys for children', ['Kids > Toys'], ['Pets']);

test('a gift is something that people give, of each kind some', (t) => {
  const given = [
    ['V1', 'Glass Vase', 'Home > Vases'],
    ['V2', 'Board Game', 'Home > Games'],
    ['V3', 'Chew Game', 'Pets > Dogs > Games'],
    ['V4', 'Rose', 'Care > Perfume > Women'],
    ['V5', 'Cedar', 'Care > Perfume > Men'],
  ].map(([item_id, title, path]) => ({ ...items[0], item_id, title, categories: path.split(' > ') }));
  const shop = understandingOf([...items, ...given]);
  const paths = (...texts: string[]) =>
    shop.read(texts.map((text) => ({ text, shown: [] }))).wishes.map(({ categories }) => categories.join());
  for (const [text, perfume] of [
    ['gifts', 'Care > Perfume'],
    ['a gift for my uncle', 'Care > Perfume > Men'],
    ['something nice for grandma', 'Care > Perfume > Women'],
  ])
    t.deepEqual(paths(text), [perfume, 'Home > Games', 'Home > Vases'], text);
  for (const turns of [['gifts but no vases'], ['gifts', 'no vases please']])
    t.deepEqual(paths(...turns), ['Care > Perfume', 'Home > Games'], turns.join());
  t.deepEqual(paths('pots', "it's a present for my uncle"), ['Garden > Pots'], 'said of a wish');
});

test('what is ruled out is no gift, and what somebody else is given is not left out', (t) => {
  const scents = 'Care > Scents';
  const kinds = (...turns: string[]) => wishesOf(...turns);
  t.deepEqual(kinds('something for my puppy', 'and something for my nephew, a bib'), [
    'Pets > Dogs',
    'Kids > Clothing + bib',
  ]);
  t.false(withoutOf('a bib for my toddler', 'and something for my puppy').includes('Kids'));
  t.deepEqual(kinds(`pots and a spade under 30`, 'no pots please'), ['Garden > Tools + spade']);
  t.deepEqual(kinds('seeds and a spade', 'for my puppy instead'), ['Pets > Dogs']);
  t.deepEqual(kinds('a fragrance for my uncle', 'for my aunt instead'), [`${scents} > Women`]);
});

test('how many people something is for is counted, where things of its kind say it', (t) => {
  const blanket = 'Home > Table + picnic + blanket';
  t.deepEqual(wishesOf('a picnic blanket for my wife and me'), [`${blanket} + 2 people`]);
  t.deepEqual(wishesOf('a picnic blanket for two adults and two kids'), [`${blanket} + 4 people`]);
  // There is none for one, and nobody said how many kids there are.
  t.deepEqual(wishesOf('a picnic blanket just for me'), [blanket]);
  t.deepEqual(wishesOf('a picnic blanket for me and the kids')[0], blanket);
  t.deepEqual(wishesOf('a spade for my wife and me'), ['Garden > Tools + spade']);
  t.deepEqual(wishesOf('just show me pots'), ['Garden > Pots']);
});

test('people, animals and ages are heard as people say them', (t) => {
  t.deepEqual(wishesOf('a toy for our pooch'), ['Pets > Dogs > Toys']);
  t.deepEqual(wishesOf('my niece turns one and I need a little present for her'), ['Kids > Toys']);
  t.deepEqual(wishesOf('toys for our little one'), ['Kids > Toys']);
  t.deepEqual(wishesOf('a fragrance', 'for a bloke'), ['Care > Scents > Men']);
  t.deepEqual(withoutOf('a small present for my nan'), [...foreign, 'Care > Scents > Men']);
});

test('what is for an old animal is called so, where there is some', (t) => {
  const more = ['Knurr Dog Food Senior', 'Knurr Dog Food Junior', 'Miau Cat Food'].map((title, at) => ({
    ...items[0],
    item_id: `F${at}`,
    title,
    categories: ['Pets', title.includes('Dog') ? 'Dogs' : 'Cats', 'Food'],
  }));
  const shop = understandingOf([...items, ...more]);
  const asked = (...texts: string[]) =>
    shop
      .read(texts.map((text) => ({ text, shown: [] })))
      .wishes.map(({ categories, words }) => [...categories, ...words]);
  t.deepEqual(asked('dog food for my old dog'), [['Pets > Dogs > Food', 'senior']]);
  t.deepEqual(asked('dog food', 'shes a very old dog'), [['Pets > Dogs > Food', 'senior']]);
  t.deepEqual(asked('food for my elderly cat'), [['Pets > Cats > Food']]);
});

test('whom something is for is not counted where nothing comes for so many, and nobody is made up', (t) => {
  t.deepEqual(wishesOf('toys for two kids and a baby'), ['Kids > Toys']);
  t.deepEqual(withoutOf('toys for two kids and a baby'), ['Pets']);
  t.deepEqual(wishesOf('pots for 10 to 20'), ['Garden > Pots']);
  t.deepEqual(wishesOf('a pot, the little one please'), ['Garden > Pots']);
  t.deepEqual(withoutOf('a can that turns 360'), []);
  t.deepEqual(wishesOf('our rex will not eat bird food'), []);
});

test('who tells of a purchase asks for nothing for somebody any longer', (t) => {
  const gift = 'something for my nan -> C2 H5';
  t.deepEqual(withoutOf(gift, 'I bought it'), []);
  t.deepEqual(withoutOf(gift, 'no ribbon, she hates it', 'I bought the first one'), ['Home > Wrapping']);
  // But no other of its kind is needed.
  t.deepEqual(withoutOf('I bought a guitar', 'I bought a spade'), ['Music > Guitars', 'spade']);
  // What is meant by "it" was pointed at before.
  const { had, liked } = read(gift, 'the second one, I bought it');
  t.deepEqual([had, liked], [['H5'], []]);
  t.deepEqual(read('pots -> P1 P2', 'I bought it').had, ['P1']);
});
