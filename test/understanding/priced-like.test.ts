import test from 'ava';
import { read, wishesOf, withoutOf } from './garden-shop.ts';

const limitsOf = (...turns: string[]) => read(...turns).limits.map(({ text }) => text);
const pots = 'pots -> P1 P2 P3';

test('like an item that is named, but cheaper: of its kind, of whatever brand, below its price', (t) => {
  for (const text of [
    'like the Tonart Western Guitar but cheaper',
    'something cheaper than the Tonart western guitar',
    'an alternative to the Tonart western guitar that costs less',
    'a cheap alternative to the Tonart western guitar',
    'a budget version of the Tonart western guitar',
    'the Tonart western guitar is too expensive, what else is there?',
    'Tonart western guitar but cheaper',
    'I like the Tonart Western Guitar but it is too pricey',
    'what is comparable to the Tonart western guitar for less money?',
    'is there anything cheaper than the Tonart western guitar?',
  ]) {
    t.deepEqual(limitsOf(text), ['under 249'], text);
    t.deepEqual(wishesOf(text), ['Music > Guitars'], text);
    t.deepEqual(read(text).liked, ['G1'], text);
  }
  t.deepEqual(limitsOf('something like the Tonart Western Guitar, but more expensive'), ['over 249']);
  t.deepEqual(limitsOf('as good as the Tonart western guitar, for half the price'), ['up to 124.50']);
});

test('of several that are called so, the middle one is meant, as a guess, or the one that was shown', (t) => {
  const text = 'something cheaper than the Terra pot';
  t.deepEqual(limitsOf(text), ['cheaper (under 12, a guess)']);
  t.deepEqual(limitsOf('pots -> P3 P2', text), ['under 24']);
  t.deepEqual(wishesOf('a pot cheaper than the Grünwerk one'), ['Garden > Pots']);
  t.deepEqual(limitsOf('a pot cheaper than the Grünwerk one'), ['under 8']);
});

test('what is wished for beside it stays, and so does what is left out', (t) => {
  t.deepEqual(wishesOf('a watering can cheaper than the Tonart western guitar'), [
    'Garden > Tools + watering + can',
  ]);
  t.deepEqual(wishesOf(pots, 'like the Tonart Western Guitar but cheaper'), ['Music > Guitars']);
  t.deepEqual(withoutOf('like the Tonart Western Guitar but cheaper, nothing from Sonata'), ['Sonata']);
  t.deepEqual(
    wishesOf('something like the Tonart Western Guitar for less, for my wife'),
    ['Music > Guitars'],
    'no ideas for gifts',
  );
});

test('a kind, an order, and what was shown are no item that is named', (t) => {
  const like = (...turns: string[]) => read(...turns).liked;
  t.deepEqual(like('like a rope toy but cheaper'), []);
  t.is(read('like a rope toy but cheaper').order, 'cheapest');
  t.deepEqual(limitsOf('I love the Tonart Western Guitar. Now show me the cheapest pots'), []);
  t.deepEqual(limitsOf(pots, 'cheaper than the second one'), ['under 24']);
  t.deepEqual(limitsOf('I would like to treat her to a western guitar, it may cost 60 euros or more'), [
    'at least 60 €',
  ]);
  t.deepEqual(limitsOf('cheaper Terra pots'), []);
  t.deepEqual(wishesOf('cheaper Terra pots'), ['Garden > Pots + Terra']);
});
