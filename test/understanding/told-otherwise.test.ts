import test from 'ava';
import { read, wishesOf, withoutOf } from './garden-shop.ts';

test('what is ruled out may stand behind, alone, or at the end of what nobody calls so', (t) => {
  t.deepEqual(withoutOf('seeds. Basil? Never.'), ['basil']);
  t.deepEqual(withoutOf('pots, whichever, as long as clay stays out of it'), ['clay']);
  t.deepEqual(withoutOf('tools, but honestly nobody here can stand watering cans any more'), [
    'watering can',
  ]);
});

test('another brand is another than the one that was told of', (t) => {
  const asked = read(
    'My wife got a Terra pot from me and she never liked it. Now I want a pot of another brand',
  );
  t.deepEqual(
    asked.without.filter(({ brands }) => brands.length > 0).map(({ text }) => text),
    ['Terra'],
  );
  t.deepEqual(asked.wishes[0].brands, []);
});

test('a kind that is asked for by name is not left out by what else is said of it', (t) => {
  t.deepEqual(withoutOf("she wouldn't let anything else near her pots. Which pots do you have?"), []);
  t.deepEqual(withoutOf('pots, but no seeds'), ['Garden > Seeds']);
});

test('"something for my dog" is a wish of its own where what was asked for is for no dog', (t) => {
  t.deepEqual(wishesOf('guitars', 'something for my dog'), ['Pets > Dogs']);
  t.deepEqual(wishesOf('toys', 'something for my puppy'), ['Pets > Dogs > Toys']);
  t.deepEqual(wishesOf('guitars', 'and something for my dog'), ['Music > Guitars', 'Pets > Dogs']);
});

test('names of pets and people are not mended, those of makers are', (t) => {
  t.deepEqual(read('my dog Spode is bored').mended, []);
  t.deepEqual(read('a pot by Tera please').mended, [{ from: 'tera', to: 'terra' }]);
});

test('"for them" is for whom something is, and no item of the list', (t) => {
  t.is(read('guitars -> G1 G2', 'my kids are bored, would you have a spade for them?').question, null);
  t.deepEqual(read('guitars -> G1 G2', 'do you have them in stock?').question?.item_ids, ['G1', 'G2']);
});

test('adults may be called grown-ups', (t) => {
  t.deepEqual(read('a guitar for grown-ups').unknown, []);
});

test('what is told beside a limit, or of somebody who was named, is no wish', (t) => {
  t.deepEqual(wishesOf('pots', 'not more than 20 euros, the petrol is expensive enough'), ['Garden > Pots']);
  t.deepEqual(wishesOf('pots', 'a lawnmower under 100'), ['lawnmower']);
});

test('what is missing is no question', (t) => {
  t.is(read('two things are missing: a spade and a guitar for the kids, they are bored').question, null);
  t.is(read('G1 -> G1', 'is the first one in stock?').question?.field, 'stock');
});
