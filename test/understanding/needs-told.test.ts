import test from 'ava';
import { understandingOf } from './garden-shop.ts';
import { item } from './item.ts';

/** A shop for the house, the hills and animals. */
const shop = understandingOf([
  item('L1', 'Reading Lamp Brass', ['Home', 'Lamps']),
  item('L2', 'Garden Lamp Solar', ['Home', 'Lamps']),
  item('B1', 'Weighted Blanket', ['Home', 'Bedding']),
  item('B2', 'Quilt Cover 140x200', ['Home', 'Bedding']),
  item('B3', 'Quilt Cover 200x200', ['Home', 'Bedding']),
  item('K1', 'Bread Knife', ['Kitchen', 'Knives']),
  item('K2', 'Chef Knife', ['Kitchen', 'Knives']),
  item('P1', 'Cast Iron Pan 24 cm', ['Kitchen', 'Pans']),
  item('P2', 'Cast Iron Pan 28 cm', ['Kitchen', 'Pans']),
  item('P3', 'Non-stick Pan', ['Kitchen', 'Pans']),
  item('C1', 'Coffee Grinder', ['Kitchen', 'Coffee', 'Grinders']),
  item('C2', 'House Blend Coffee Beans', ['Kitchen', 'Coffee', 'Beans']),
  item('O1', 'Trail Cookset', ['Sports', 'Camping', 'Cooking']),
  item('O2', 'Running Belt', ['Sports', 'Running']),
  item('O3', 'Spoon Set', ['Sports', 'Camping', 'Cooking']),
  item('D1', 'Glow LED Collar', ['Pets', 'Dogs', 'Walking']),
  item('D2', 'Dog Food Puppy', ['Pets', 'Dogs', 'Food']),
  item('D3', 'Dog Food Senior', ['Pets', 'Dogs', 'Food']),
  item('S1', 'Jasmine Candle', ['Home', 'Candles']),
  item('S2', 'Amber Candle', ['Home', 'Candles']),
]);
const read = (...texts: string[]) => shop.read(texts.map((text) => ({ text, shown: [] })));
const wishesOf = (...texts: string[]) =>
  read(...texts).wishes.map(({ categories, words, measures }) =>
    [categories.map((path) => path.split(' > ').at(-1)).join(), ...words, ...measures].join(' + '),
  );

const told = test.macro({
  exec: (t, text: string, wishes: string[]) => t.deepEqual(wishesOf(text), wishes),
  title: (_, text) => `a need is told: "${text}"`,
});

test('the verb says what is wanted, whatever it is done to', told, 'we would love to grind our own beans', [
  'Grinders',
]);
test('where it is done says of which department', told, 'on a hike, what do we cook on', [
  'Cooking + cookset',
]);
test('of what kind an animal is', told, 'our beagle vanishes in the dark', ['Walking + led + collar']);
test('how old it is', told, 'our spaniel is eleven and hungry', ['Food + senior']);
test('that it is young', told, 'the puppy is always hungry', ['Food + puppy']);
test('words tell together what each of them does not', told, 'I lie awake for an hour each night', [
  'Bedding + weighted + blanket',
]);
test('in a room, which is no thing', told, 'the loaf in my kitchen has a tough crust', [
  'Knives + bread + knife',
]);
test('a word that only describes names none', told, 'my house key rattles whenever I jog', [
  'Running + running + belt',
]);

test('what is told of a thing that no shop here has is no need', (t) => {
  t.false(wishesOf('my car freezes over').join().includes('Bedding'));
});

test('a word that names say only before another names no thing of its own', (t) => {
  t.deepEqual(read('an iron').unknown, ['iron']);
  t.deepEqual(read('a cast iron pan').unknown, []);
  t.deepEqual(
    read('the collar of my shirt is creased')
      .wishes.flatMap(({ words }) => words)
      .includes('iron'),
    false,
  );
});

test('sets of what is unknown are unknown', (t) => {
  t.deepEqual(read('a telescope set').unknown, ['telescope']);
  t.deepEqual(read('a spoon set').unknown, []);
});

test('of any sort but one', (t) => {
  const { wishes, without } = read('a candle, any scent but jasmine');
  t.deepEqual(
    wishes.map(({ categories }) => categories),
    [['Home > Candles']],
  );
  t.deepEqual(
    without.map(({ text }) => text),
    ['jasmine'],
  );
});

test('what somebody is after is wished for', (t) => {
  t.deepEqual(wishesOf("I'm after dog food and a pan"), ['Food', 'Pans']);
});

test('the size of what somebody has narrows the wish before', (t) => {
  t.deepEqual(wishesOf('A quilt cover. Our quilt measures 140x200.'), ['Bedding + quilt + cover + 140x200']);
  t.deepEqual(wishesOf('a quilt cover', 'our bed takes 200x200'), ['Bedding + quilt + cover + 200x200']);
});

test('of two sentences the second narrows the first', (t) => {
  t.deepEqual(wishesOf('A candle please. She loves amber.'), ['Candles + amber']);
});

test('what items are called is a wish, and no need', (t) => {
  t.deepEqual(wishesOf('weighted blanket'), ['Bedding + weighted + blanket']);
  t.deepEqual(
    read('I want a lamp to read by').wishes.map(({ text }) => text.split(' ')[0]),
    ['lamp'],
  );
});

test('how long it has been so is no age, and what is missing in a bottle is missing on purpose', (t) => {
  t.deepEqual(wishesOf('our beagle has been hungry for two weeks'), ['Food']);
  t.deepEqual(wishesOf('our dog is ten weeks old and hungry'), ['Food + puppy']);
  t.deepEqual(
    read('a candle, the one with no jasmine').without.map(({ text }) => text),
    ['jasmine'],
  );
  t.deepEqual(read('any candle but it must smell').without, []);
});
