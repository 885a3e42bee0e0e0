import test from 'ava';
import { read, wishesOf, withoutOf } from './garden-shop.ts';

const guitars = 'guitars -> G1 G2 G3';
const maxOf = (...turns: string[]) => read(...turns).limits.map(({ max }) => max);

test('prices are compared with an item in many words', (t) => {
  for (const text of [
    'too pricey, anything below the second?',
    'less than what the second one costs',
    'lower than the price of the second',
    'the second one is too expensive',
  ])
    t.deepEqual(maxOf(guitars, text), [128.99], text);
  for (const text of [
    'not that much, please',
    'got a thriftier version that is cheaper?',
    'a better price?',
    'for less money',
    'that is too much',
  ])
    t.deepEqual(maxOf(guitars, text), [248.99], text);
  t.deepEqual(maxOf(guitars, 'half of that'), [124.5]);
});

test('cheaper after a question about an item is of its kind', (t) => {
  const asked = 'is the Knurr Dog Bed L in stock? -> D1';
  t.deepEqual(wishesOf(asked, 'anything cheaper?'), ['Pets > Dogs > Beds']);
  t.deepEqual(maxOf(asked, 'anything cheaper?'), [58.99]);
});

test('it is the item spoken of last, and the list before the question still counts', (t) => {
  const question = (...turns: string[]) => read(...turns).question;
  t.deepEqual(question(guitars, 'is it in stock?'), { item_ids: ['G1'], field: 'stock' });
  const second = [guitars, 'how much is the second one? -> G2'];
  t.deepEqual(question(...second, 'is that one in stock?'), { item_ids: ['G2'], field: 'stock' });
  t.deepEqual(question(...second, 'and the third one?'), { item_ids: ['G3'], field: 'price' });
});

test('an item that is pointed at, and nothing else said, is shown with what is known of it', (t) => {
  const asked = (...turns: string[]) => read(...turns).question;
  for (const text of [
    'the second one',
    'show me the second one',
    'can I see the second, please?',
    'number 2',
    '2',
    'open the second',
  ])
    t.deepEqual(asked(guitars, text), { item_ids: ['G2'], field: 'description' }, text);
  t.deepEqual(asked(guitars, 'the first two')?.item_ids, ['G1', 'G2']);
  for (const text of [
    'the second one, but cheaper',
    'more like the second',
    'the second one in red',
    'the second looks nice',
    '12',
  ])
    t.is(asked(guitars, text), null, text);
  t.deepEqual(read(guitars, 'I will take the second one').had, ['G2']);
  // The wish goes on, and so does the list.
  t.deepEqual(wishesOf(guitars, 'the second one -> G2', 'in stock'), ['Music > Guitars']);
  t.deepEqual(asked(guitars, 'the second one -> G2', 'and the third?')?.item_ids, ['G3']);
});

test('which is best is asked of the list, or of the items that are named', (t) => {
  const asked = (text: string) => read(guitars, text).question;
  for (const text of ['which one is the best?', 'which is better?', 'which one would you recommend?'])
    t.deepEqual(asked(text), { item_ids: ['G1'], field: 'best' }, text);
  t.deepEqual(asked('which is better, the second or the third?'), { item_ids: ['G2'], field: 'best' });
  t.is(read('which guitar is the best?').question, null, 'no list');
});

test('a question names its item, and asks for what it likes', (t) => {
  const asked = (text: string) => read(text).question;
  for (const text of [
    'do you still have the Grünwerk Spade?',
    'Grünwerk Spade, any left?',
    'when is the Grünwerk Spade back?',
  ])
    t.deepEqual(asked(text), { item_ids: ['T2'], field: 'stock' }, text);
  t.is(asked('how heavy is the Grünwerk Spade?')?.field, 'weight');
  t.is(asked('does the Grünwerk Spade weigh a lot?')?.field, 'weight');
  t.is(asked('where is the Grünwerk Spade made?')?.field, 'origin');
  t.is(asked('I do not like the Grünwerk Spade')?.field, undefined, 'nothing is asked');
  t.is(asked('is the Grünwerk Spade dishwasher safe?')?.field, 'dishwasher safe');
  t.is(asked('do you have a spade?'), null, 'a wish');
});

test('what the person has of the list is left out, and the wish goes on', (t) => {
  const turns = [guitars, 'I have the first already, what else?'];
  t.deepEqual([wishesOf(...turns), withoutOf(...turns)], [['Music > Guitars'], []]);
  t.deepEqual(read(...turns).had, ['G1']);
});

test('softeners say more about the same thing, and places leave no word', (t) => {
  t.deepEqual(wishesOf('a pot, ideally clay'), ['Garden > Pots + clay']);
  t.deepEqual(wishesOf('a pot', 'preferably under 20'), ['Garden > Pots']);
  t.deepEqual(read(guitars, 'no. 2').question?.item_ids, ['G2']);
});

test('beside what points at the list, strange words are no wish', (t) => {
  const turns = [guitars, 'I quite fancy the last one, any gizmology along those lines?'];
  t.deepEqual([wishesOf(...turns), read(...turns).liked], [['Music > Guitars'], ['G3']]);
  t.deepEqual(wishesOf('pots -> P1 P2', 'make it one that is fired clay'), ['Garden > Pots + fired + clay']);
});

test('what is asked of the item in one breath with it, or of how it is made, is no stock', (t) => {
  t.deepEqual(read('pots -> P1 P2', 'the second one, is it heavy?').question, {
    item_ids: ['P2'],
    field: 'weight',
  });
  t.deepEqual(read('guitars -> G1 G2', 'do you have the first one with a case?').question, {
    item_ids: ['G1'],
    field: 'case',
  });
  t.deepEqual(read('pots -> P1 P2', 'how much is the second one?', 'is it heavy?').question?.item_ids, [
    'P2',
  ]);
  t.deepEqual(
    read('pots -> P1 P2', 'the second one please', 'thanks', 'how heavy is it?').question?.item_ids,
    ['P2'],
  );
  t.is(read('pots -> P1 P2', 'do you have it in blue?').question?.field, 'colour');
  for (const text of ['do you have it in stock?', 'do you have it in your shop?'])
    t.is(read('pots -> P1 P2', text).question?.field, 'stock', text);
});

test('the wrong thing was bought: which one is not guessed', (t) => {
  const { had, wishes } = read('I bought the wrong spade');
  t.deepEqual([had, wishes.map(({ words }) => words)], [[], [['spade']]]);
});

test('sums have two decimals or none', (t) => {
  t.is(read('pots -> P3', 'below the price of the first one').limits[0].text, 'under 31.50');
  t.is(read('pots -> P1', 'below the price of the first one').limits[0].text, 'under 12');
});

test('"other sorts" of an item that one has are things of its kind, without what tells it from them', (t) => {
  const text = 'I always bought the Grünwerk tomato seeds, but which other sorts are there?';
  t.deepEqual(wishesOf(text), ['Garden > Seeds']);
  t.deepEqual(read(text).without[0].words, ['tomato']);
  t.deepEqual(read('another sort of pot').without, []);
});

test('something like a kind of thing is of that kind; like one that is named, it is like that one', (t) => {
  t.deepEqual(
    [wishesOf('something like a dog bed'), read('something like a dog bed').liked],
    [['Pets > Dogs > Beds'], []],
  );
  t.deepEqual(read('something like the Knurr Dog Bed S').liked, ['D2']);
  t.deepEqual(read('something like a Knurr Rope Toy').liked, ['D3']);
});
