import test from 'ava';
import { items, read, shop, wishesOf, withoutOf } from './garden-shop.ts';

const leavesOut = test.macro<[text: string, wishes: string[], without: string[]]>({
  exec(t, text, wishes, without) {
    t.deepEqual(withoutOf(text), without);
    t.deepEqual(wishesOf(text), wishes);
  },
  title: (_, text, __, without) => `"${text}" leaves out ${without.join(' and ')}`,
});

test(leavesOut, 'a toy but not squeaky', ['Kids > Toys or Pets > Dogs > Toys'], ['squeaky']);
test(leavesOut, "a dog toy that doesn't squeak", ['Pets > Dogs > Toys'], ['squeaky']);
test(leavesOut, 'pots, anything but clay', ['Garden > Pots'], ['clay']);
test(leavesOut, 'pots other than zinc or ceramic', ['Garden > Pots'], ['zinc', 'ceramic']);
test(leavesOut, 'guitars except electric ones', ['Music > Guitars'], ['electric']);
test(leavesOut, 'I hate basil, show me seeds', ['Garden > Seeds'], ['basil']);
test(leavesOut, 'seeds, but nothing from Terra', ['Garden > Seeds'], ['Terra']);
test(leavesOut, 'a pot not by Oak & Iron or Terra', ['Garden > Pots'], ['Oak & Iron', 'Terra']);
// Of what speaks against something, it may stand before or behind it.
test(leavesOut, 'pots, clay not required', ['Garden > Pots'], ['clay']);
test(
  leavesOut,
  'picnic blankets. two person ones are out',
  ['Home > Table + picnic + blanket'],
  ['2 people'],
);
test(leavesOut, 'pots; clay drives me mad', ['Garden > Pots'], ['clay']);
test(leavesOut, 'pots, I refuse to buy clay', ['Garden > Pots'], ['clay']);
test(leavesOut, 'pots, clay? no thanks', ['Garden > Pots'], ['clay']);
test(leavesOut, 'pots, nobody here wants clay', ['Garden > Pots'], ['clay']);
test(leavesOut, "I wouldn't say no to a pot", ['Garden > Pots'], []);
test(leavesOut, "you don't happen to have pots?", ['Garden > Pots'], []);
test(
  leavesOut,
  'no guitars please, just strings',
  ['Music > Strings & Picks + strings'],
  ['Music > Guitars'],
);
test(leavesOut, 'toys, but not for dogs', ['Kids > Toys or Pets > Dogs > Toys'], ['Pets > Dogs']);
test(leavesOut, 'a dog bed, not size S', ['Pets > Dogs > Beds'], ['s']);
test(leavesOut, 'a pot instead of seeds', ['Garden > Pots'], ['Garden > Seeds']);

// As search fields take a minus; the next word alone is left out.
test(leavesOut, 'dog toy -squeaky', ['Pets > Dogs > Toys'], ['squeaky']);
test(leavesOut, 'dog -squeaky toy under 20', ['Pets > Dogs > Toys'], ['squeaky']);
test(leavesOut, 'pots -clay -zinc', ['Garden > Pots'], ['clay', 'zinc']);
test(leavesOut, '-guitars\n-pots', ['Music > Guitars', 'Garden > Pots'], []);
test(leavesOut, 'a dog bed -it should be here soon', ['Pets > Dogs > Beds'], []);

test('words for taking away are no denials where they belong to a thing or say what it is for', (t) => {
  for (const text of [
    'drop pots',
    'zero waste seeds',
    'a spade to remove clay',
    'cow hide pots',
    'seeds to lose',
  ])
    t.deepEqual(withoutOf(text), [], text);
  t.deepEqual(withoutOf('pots, but hide the clay'), ['clay']);
});

test('what is done is denied by its own form in the catalogue, or as it is said; what it is done to is not', (t) => {
  t.deepEqual(withoutOf('a rope toy, no squeaking please'), ['squeaky']);
  t.deepEqual(withoutOf('a mill without rusting screws'), ['rusting screw']);
  t.deepEqual(withoutOf('a spade without harming basil or scaring anyone'), []);
});

test('who is kept out is left out, but not for a walk, or out of a place', (t) => {
  t.deepEqual(withoutOf('pots, keep dogs out'), ['Pets > Dogs']);
  t.deepEqual(wishesOf('pots, keep dogs out'), ['Garden > Pots']);
  for (const text of ['I take the dog out, a rope', 'to keep the dog out of the car, a rope'])
    t.false(withoutOf(text).includes('Pets > Dogs'), text);
});

test('what a negation denies ends where another thing begins', (t) => {
  t.deepEqual(wishesOf('no seeds and show me a spade'), ['Garden > Tools + spade']);
  t.deepEqual(withoutOf('pots without zinc and a spade'), ['zinc']);
  t.deepEqual(wishesOf('pots without zinc and a spade'), ['Garden > Pots', 'Garden > Tools + spade']);
});

test('what the catalogue says of its items in these words is asked for: "without pesticides"', (t) => {
  t.deepEqual(wishesOf('seeds without pesticides'), ['Garden > Seeds + without pesticides']);
  t.deepEqual(withoutOf('seeds without pesticides'), []);
  t.deepEqual(wishesOf('a stain free table cloth'), ['Home > Table + cloth + stain free']);
});

test('"-free" of what other items are leaves these out', (t) => {
  t.deepEqual(withoutOf('fragrance-free bib'), ['Care > Scents > Men + Care > Scents > Women']);
});

test('a negation alone says more about the wish before', (t) => {
  t.deepEqual(wishesOf('pots', 'not clay'), ['Garden > Pots']);
  t.deepEqual(withoutOf('pots', 'not clay'), ['clay']);
});

test('polite words with "no" deny nothing', (t) => {
  t.deepEqual(withoutOf('no thanks', 'no problem, why not a spade', 'I do not mind'), []);
});

test('a negation may name the kind of thing that others of are wanted', (t) => {
  const { wishes, without } = read("I don't like clay pots, show me others");
  t.deepEqual(wishes[0].categories, ['Garden > Pots']);
  t.deepEqual(
    without.map(({ words }) => words),
    [['clay pot']],
  );
});
test(leavesOut, 'seeds, tomato excluded', ['Garden > Seeds'], ['tomato']);
test(leavesOut, 'pots, hold the zinc', ['Garden > Pots'], ['zinc']);
test(leavesOut, 'seeds. nope to basil', ['Garden > Seeds'], ['basil']);
test(leavesOut, 'pots, anything bar Terra', ['Garden > Pots'], ['Terra']);
test(leavesOut, 'a pot please, zinc is out', ['Garden > Pots'], ['zinc']);
test(leavesOut, 'seeds, basil gives me a rash', ['Garden > Seeds'], ['basil']);
test(leavesOut, 'show me guitars but leave the electric ones out of it', ['Music > Guitars'], ['electric']);
test(leavesOut, "which pots aren't clay, zinc or ceramic?", ['Garden > Pots'], ['clay', 'zinc', 'ceramic']);
test(leavesOut, "strings I've got plenty of. other pots?", ['Garden > Pots'], ['Music > Strings & Picks']);
test(leavesOut, "garden tools, we've enough spades", ['Garden > Tools'], ['spade']);
test(leavesOut, 'seeds w/o tomato', ['Garden > Seeds'], ['tomato']);
test(leavesOut, 'my neighbour told me to avoid zinc, a pot', ['Garden > Pots'], ['zinc']);

test('what is not wanted goes on in the next turn with "or"', (t) => {
  t.deepEqual(withoutOf('pots', 'without clay', 'or zinc'), ['clay', 'zinc']);
});

test('another brand is asked for by the brand of an item that was shown', (t) => {
  t.deepEqual(withoutOf('pots -> P1 P3 P4', 'a different brand please'), ['Terra']);
  t.deepEqual(withoutOf('pots -> P1 P3 P4', 'another brand than the third one'), ['Grünwerk']);
});

test(leavesOut, 'toys, not the ones for infants', ['Kids > Toys or Pets > Dogs > Toys'], ['infant + kids']);

test('what is done, or taken out, is nothing that is left out', (t) => {
  for (const text of ['a picnic blanket without waking my uncle', 'a picnic blanket when I take the dog out'])
    t.false(
      read(text).without.some(({ words }) => words.length > 0),
      text,
    );
  t.is(read('a picnic blanket without waking my uncle').wishes[0].text, 'picnic blanket');
});

test('what is left out by an amount are the items whose titles tell it, in whatever way', (t) => {
  t.deepEqual([...shop.holding('2 people')], [items.findIndex(({ item_id }) => item_id === 'H4')]);
  t.deepEqual([...shop.holding('5000 g')], [items.findIndex(({ item_id }) => item_id === 'B2')]);
});

test('who has some kinds of things and asks what else there is, or nothing, gets no other of these', (t) => {
  t.deepEqual(withoutOf('I have a spade and some shears already, what else do I need for my garden?'), [
    'spade',
    'shears',
  ]);
  t.deepEqual(withoutOf('I bought a spade, what goes with it?'), ['spade']);
  t.deepEqual(withoutOf('I bought a spade'), ['spade']);
  t.deepEqual(withoutOf('I bought a spade', 'and another spade'), []);
  t.deepEqual(withoutOf('I bought a spade, and need a bigger one'), []);
  t.deepEqual(withoutOf('I bought the Grünwerk Spade'), [], 'one item, and no kind');
  const [spade] = read('I bought a spade').without;
  t.true(spade.assumed, 'nobody said that');
});

test('who does not like something is nothing to look for', (t) => {
  t.deepEqual(wishesOf('I should like some seeds, but our Rex will not touch basil'), ['Garden > Seeds']);
  t.deepEqual(withoutOf('I should like some seeds, but our Rex will not touch basil'), ['basil']);
});

test('"not the clay one" leaves out all of that kind, shown or not', (t) => {
  t.deepEqual(withoutOf('pots -> P1 P2', 'but not the clay one'), ['clay']);
});
