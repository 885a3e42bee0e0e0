import test from 'ava';
import { partsOf, withoutParts } from '../../orchestrator/understanding/index.ts';
import { read, wishesOf, withoutOf } from './garden-shop.ts';

const guitars = 'guitars -> G1 G2 G3';

test('a new thing replaces the wish before, and its limits fall', (t) => {
  t.deepEqual(wishesOf('pots under 20', 'a spade'), ['Garden > Tools + spade']);
  t.deepEqual(read('pots under 20', 'a spade').limits, []);
  t.deepEqual(wishesOf('pots', 'actually, rather seeds'), ['Garden > Seeds']);
  t.deepEqual(wishesOf('pots', 'forget that, a guitar'), ['Music > Guitars']);
  t.deepEqual(wishesOf('a pot, no wait, a spade'), ['Garden > Tools + spade']);
});

test('what names no new thing says more about the wish before, and its limits stay', (t) => {
  const { wishes, limits } = read('pots under 20', 'from Terra', 'in red');
  t.deepEqual([wishes[0].categories, wishes[0].brands], [['Garden > Pots'], ['Terra']]);
  t.deepEqual(
    limits.map(({ text }) => text),
    ['up to 20', 'red'],
  );
  t.deepEqual(wishesOf('seeds', 'tomato'), ['Garden > Seeds + tomato']);
  t.deepEqual(wishesOf('toys', 'for my puppy'), ['Pets > Dogs > Toys']);
});

test('a later price replaces an earlier one', (t) => {
  t.deepEqual(
    read('pots under 20', 'under 10').limits.map(({ max }) => max),
    [10],
  );
});

test('"and" at the start of a turn asks for one thing more', (t) => {
  t.deepEqual(wishesOf('pots', 'and a spade'), ['Garden > Pots', 'Garden > Tools + spade']);
});

test('what is told beside a change is why, and no wish', (t) => {
  const asked = read('pots', 'without clay please, he breaks everything');
  t.deepEqual(wishesOf('pots', 'without clay please, he breaks everything'), ['Garden > Pots']);
  t.deepEqual(
    asked.without.map(({ text }) => text),
    ['clay'],
  );
  t.deepEqual(wishesOf('pots', 'that is hilarious'), ['Garden > Pots']);
  t.deepEqual(wishesOf('pots', 'only the Terra ones'), ['Garden > Pots + Terra']);
});

test('whatever is said of prices beside a list asks for less, unless it praises what is finer', (t) => {
  const limitOf = (text: string) => read(guitars, text).limits[0];
  for (const text of [
    'I had hoped to pay less',
    'that is more than I can afford',
    'something for a smaller budget',
    'not as expensive as the first one',
  ])
    t.is(limitOf(text).max, 248.99, text);
  t.is(limitOf('something more upmarket').min, 249.01);
  t.is(read('the guitar that costs the least').order, 'cheapest');
});

test('a price is compared with that of the item meant', (t) => {
  const limitOf = (text: string) => read(guitars, text).limits[0];
  t.is(limitOf('something cheaper than the second one').max, 128.99);
  t.is(limitOf('cheaper please').max, 248.99);
  t.is(limitOf('less than that').max, 248.99);
  t.is(limitOf('that one is too expensive').max, 248.99);
  t.is(limitOf('anything more expensive than the last one?').min, 399.01);
  t.is(limitOf('cheaper than the Sonata one').max, 398.99);
});

test('without a list, cheaper is an order', (t) => {
  t.is(read('a cheaper guitar').order, 'cheapest');
});

test('others leave out what was shown, and the wish stays', (t) => {
  for (const text of ['others please', 'something else', 'show me more'])
    t.deepEqual(
      [wishesOf(guitars, text), withoutOf(guitars, text)],
      [['Music > Guitars'], ['G1 + G2 + G3']],
      text,
    );
  t.deepEqual(withoutOf(guitars, 'not the first one'), ['G1']);
});

test('an item of the list may be liked, taken or asked about', (t) => {
  t.deepEqual(read(guitars, 'more like the second one').liked, ['G2']);
  t.deepEqual(read(guitars, 'the last one looks nice').liked, ['G3']);
  t.deepEqual(read(guitars, "I'll take number 2").had, ['G2']);
  t.deepEqual(read(guitars, 'I already have the first and the third one').had, ['G1', 'G3']);
  t.deepEqual(read(guitars, 'how much is #3?').question, { item_ids: ['G3'], field: 'price' });
  t.deepEqual(read(guitars, 'is the Sonata one in stock?').question, { item_ids: ['G3'], field: 'stock' });
});

test('a place in a list that was never shown means nothing', (t) => {
  t.deepEqual(read('the second one').liked, []);
  t.deepEqual(read(guitars, 'number 9').liked, []);
});

test('questions name items by most of their titles', (t) => {
  t.deepEqual(read('is the Tonart Western Guitar in stock?').question, { item_ids: ['G1'], field: 'stock' });
  t.deepEqual(read('how much do the hedge shears cost?').question, { item_ids: ['T1'], field: 'price' });
  t.deepEqual(read('what colour is the spade?').question, { item_ids: ['T2'], field: 'colour' });
});

test('a question after a kind of thing that is in stock is a wish', (t) => {
  const { question, wishes, limits } = read('do you have any pots in stock?');
  t.is(question, null);
  t.deepEqual(wishes[0].categories, ['Garden > Pots']);
  t.is(limits[0].field, 'stock');
});

test('what somebody has joins the history, and what comes next is no wish', (t) => {
  t.deepEqual(read('I already have a spade and hedge shears').had, ['T2', 'T1']);
  t.deepEqual(wishesOf('I just bought a nesting box, what next?'), []);
  t.deepEqual(read('I own a spade, now I need a watering can').had, ['T2']);
  t.deepEqual(wishesOf('I own a spade, now I need a watering can'), ['Garden > Tools + watering + can']);
});

test('having is told in many ways', (t) => {
  for (const text of [
    'we recently ordered a spade',
    'we have finally got a spade',
    'I had already bought myself a spade',
    'I was given a spade',
    'we have been using a spade',
  ])
    t.deepEqual(read(text).had, ['T2'], text);
  t.deepEqual(read(guitars, "I've tried the first one before, what else is there?").had, ['G1']);
});

test('what ran out is wished for again', (t) => {
  t.deepEqual(read('we ran out of bird food').had, []);
  t.deepEqual(wishesOf('we ran out of bird food'), ['Pets > Birds > Food']);
});

test('a sentence that compares prices asks nothing about the item', (t) => {
  for (const text of ['the first is too dear, got one that costs less?', 'is there one for less money?']) {
    const { question, limits } = read(guitars, text);
    t.deepEqual([question, limits[0]?.max], [null, 248.99], text);
  }
});

test('words before "ones" say more about the wish before', (t) => {
  t.deepEqual(wishesOf('guitars', 'only small classical ones'), ['Music > Guitars + small + classical']);
});

test('what has come is what one has', (t) => {
  t.deepEqual(read('our rope toy arrived today, what goes with it?').had, ['D3']);
});

test('an item of the list that is judged badly is turned down, not liked', (t) => {
  for (const text of [
    'the first is no good',
    'the first one looks ugly',
    'the first one is too big for me',
  ]) {
    t.deepEqual(withoutOf(guitars, text), ['G1'], text);
    t.deepEqual(read(guitars, text).liked, [], text);
  }
  t.deepEqual(withoutOf(guitars, 'the first is too expensive'), []);
});

test('the same kind of thing for somebody else', (t) => {
  t.deepEqual(wishesOf('a scent for my dad', 'and for my sister?'), ['Care > Scents > Women']);
  t.deepEqual(wishesOf('toys for my dog', 'no sorry, for a child'), ['Kids > Toys']);
  t.deepEqual(withoutOf('toys for my dog', 'no sorry, for a child').includes('Kids'), false);
});

test('an earlier list is asked for again with all its conditions', (t) => {
  const turns = ['guitars under 300 -> G1 G2', 'pots -> P1 P2', 'seeds -> S1'];
  const again = read(...turns, 'go back to the first list');
  t.deepEqual([again.wishes[0].categories, again.limits[0]?.max], [['Music > Guitars'], 300]);
  t.deepEqual(wishesOf(...turns, 'go back please'), ['Garden > Pots']);
});

test('of several wishes, that of the item which was pointed at goes on', (t) => {
  t.deepEqual(wishesOf('a spade and seeds -> T2 S1 S2', 'the second one, but cheaper'), ['Garden > Seeds']);
});

test('how something is asked for, or who tells of it, is no part of the wish', (t) => {
  for (const text of [
    'Might I trouble you for a spade?',
    'would you happen to sell a spade',
    'any chance you have got a spade',
    'my shopping list says spade',
    'my neighbour swears by a spade',
    'gimme a spade m8',
  ])
    t.deepEqual(wishesOf(text), ['Garden > Tools + spade'], text);
});

test('asking for one is not having one', (t) => {
  for (const text of [
    'could I have a rope toy?',
    'where can I buy a rope toy?',
    'do I own a rope toy?',
    'if I use a rope toy, do I need a bib?',
    'we buy rope toys every spring',
  ])
    t.deepEqual(read(text).had, [], text);
  t.deepEqual(wishesOf('should I take a spade or seeds?'), ['Garden > Tools + spade', 'Garden > Seeds']);
  t.deepEqual(read(guitars, 'we take the first').had, ['G1']);
  t.deepEqual(read('picked up a rope toy last week, what would complement it?').had, ['D3']);
  t.deepEqual(wishesOf('picked up a rope toy last week, what would complement it?'), []);
});

test('two brands may share a thing, and "as well as" joins two wishes', (t) => {
  t.deepEqual(wishesOf('Terra or Grünwerk pots'), ['Garden > Pots + Terra + Grünwerk']);
  t.deepEqual(wishesOf('a spade as well as seeds'), ['Garden > Tools + spade', 'Garden > Seeds']);
});

test('what is asked of the shop itself is a question, and the wish before waits', (t) => {
  for (const [text, field] of [
    ['do you ship to Iceland?', 'delivery'],
    ['when are you open on Sundays', 'opening hours'],
    ['could I send it back', 'returns'],
    ['can I get my money back?', 'returns'],
    ['do you sell gift vouchers?', 'gift cards'],
    ['any discount for pensioners?', 'discounts'],
    ['which credit cards do you take', 'payment'],
    ['I would like to speak to a real person', 'contact'],
    ['where is my parcel?', 'orders'],
    ['postage?', 'delivery'],
    ['can I track my purchase?', 'orders'],
    ['do I pay extra for delivery?', 'payment'],
  ]) {
    t.deepEqual(read('pots -> P1 P2', text).question, { item_ids: [], field }, text);
    t.deepEqual(wishesOf('pots -> P1 P2', text), [], text);
    t.deepEqual(wishesOf('pots -> P1 P2', text, 'from Terra'), ['Garden > Pots + Terra'], text);
  }
  const both = read('a spade please. Do you deliver?');
  t.deepEqual([both.wishes.length, both.question?.field], [1, 'delivery']);
  for (const text of [
    'can I pay less?',
    'the new neighbours are about to arrive, a spade',
    'do you have a pirate ship?',
    'got any contact lenses?',
    'I want to track my weight',
    'is there an exchange kit for guitars',
    'do you have pots that guarantee good drainage',
    'do I have to pay extra for the red pot',
    'do you have a toy that returns',
    'I want to return to gardening',
  ])
    t.is(read('guitars -> G1 G2', text).question, null, text);
  t.is(read('pots -> P1 P2', 'go back to the first list').question, null);
});

test('thanks alone take leave', (t) => {
  for (const text of [
    'Thanks!',
    'ok great, thank you very much',
    'perfect, cheers',
    'that is all, bye',
    'lovely jubbly, ta',
    'thanks a lot, you have been helpful',
    'great, just what I needed',
  ])
    t.true(read('pots', text).leaves, text);
  for (const text of [
    'thanks, and a spade',
    'great, any others?',
    'good seeds',
    'hello',
    'cheaper',
    'lovely jubbly',
    'find me something lovely',
    'nice ones please',
    'thanks, show all',
    '',
  ])
    t.is(read('pots', text).leaves, undefined, text);
});

test('what no item has is over with the next wish', (t) => {
  for (const next of ['something for my puppy', 'and something for my puppy']) {
    const { wishes, unknown } = read('do you sell submarines?', next);
    t.deepEqual([wishes.map(({ categories }) => categories), unknown], [[['Pets > Dogs']], []], next);
  }
  t.deepEqual(read('do you sell submarines?', 'under 40').unknown, ['submarines'], 'no wish');
});

test('of several wishes one may be chosen, and the limits stay', (t) => {
  const both = 'bird food and a spade under 40 -> B1 T2';
  t.deepEqual(wishesOf(both, 'just the bird food please'), ['Pets > Birds > Food']);
  t.deepEqual(read(both, 'actually only the spade').limits[0]?.max, 40);
  t.deepEqual(read(both, 'a guitar').limits, [], 'another thing');
});

test('cheaper after several wishes is said of each', (t) => {
  const both = 'bird food and a spade under 40 -> B1 T2';
  const { wishes, limits, order } = read(both, 'cheaper');
  t.deepEqual([wishes.length, limits.map(({ max }) => max), order], [2, [40], 'cheapest']);
  t.is(read(both, 'anything pricier?').order, 'dearest');
  t.deepEqual(
    read(both, 'cheaper spades please').limits.map(({ max }) => max),
    [40, 34.99],
    'than those of them, and what was said stays',
  );
});

test('what was said of a thing holds of the one that was meant, where some are so', (t) => {
  const turns = ['a clay pot under 30 euros', 'sorry, I meant a watering can'];
  t.deepEqual(wishesOf(...turns), ['Garden > Tools + watering + can']);
  t.is(read(...turns).limits[0].max, 30);
  t.deepEqual(wishesOf('sunflower seeds', 'bird food I meant, sorry'), ['Pets > Birds > Food']);
  t.deepEqual(wishesOf('a red pot', 'I mean a ribbon'), ['Home > Wrapping + ribbon']);
  t.deepEqual(wishesOf('guitar strings', 'only from Sonata'), [
    'Music > Strings & Picks + Sonata + guitar + strings',
  ]);
});

test('a brand is replaced, joined or freed, and the thing stays', (t) => {
  const brandsAfter = (...turns: string[]) => {
    const { wishes, without } = read('Terra pots -> P1 P2', ...turns);
    const left = without.map(({ text }) => `not ${text}`);
    return wishes.map(({ categories, brands }) => [categories[0], ...brands, ...left].join(' + '));
  };
  for (const text of [
    'any brand',
    'not only Terra',
    'not only Terra please',
    'it does not have to be from Terra',
    'the brand does not matter',
    'pots of whatever make',
    'other brands too',
  ])
    t.deepEqual(brandsAfter(text), ['Garden > Pots'], text);
  for (const text of ['from Grünwerk', 'Grünwerk?', 'what about Grünwerk', 'Grünwerk instead'])
    t.deepEqual(brandsAfter(text), ['Garden > Pots + Grünwerk'], text);
  t.deepEqual(brandsAfter('and from Grünwerk'), ['Garden > Pots + Terra + Grünwerk']);
  t.deepEqual(brandsAfter('from Grünwerk or Oak & Iron'), ['Garden > Pots + Grünwerk + Oak & Iron']);
  t.deepEqual(brandsAfter('not only Terra', 'from Grünwerk'), ['Garden > Pots + Grünwerk']);
  t.deepEqual(brandsAfter('another brand'), ['Garden > Pots + not Terra']);
  t.deepEqual(brandsAfter('nothing from Terra', 'from Terra after all'), ['Garden > Pots + Terra']);
  // No pot is of this brand.
  t.deepEqual(wishesOf('Terra pots', 'Sonata'), ['Sonata']);
});

test('a brand is a part of its own, which can be taken away', (t) => {
  const pots = read('Terra pots');
  const [wish, brand] = partsOf(pots, String);
  t.deepEqual([wish.text, brand.text, brand.key], ['pots', 'by Terra', 'brand:Terra']);
  t.deepEqual(withoutParts(pots, [brand.key]).wishes, [{ ...pots.wishes[0], brands: [] }]);
  t.deepEqual(
    partsOf(read('Terra'), String).map(({ text }) => text),
    ['Terra'],
  );
});

test('what nobody said is no part where it goes without saying, else an assumed one', (t) => {
  const partTexts = (text: string) => partsOf(read(text), String).map((part) => part.text);
  t.deepEqual(partTexts('something for my puppy'), ['for dog']);
  t.deepEqual(partTexts('I bought a spade'), ['not spade (assumed)', 'had: T2']);
  t.deepEqual(partTexts('I bought a guitar'), ['not guitar (assumed)', 'had: G1 (an example)']);
});

test('what was left out and is fine after all is left out no longer', (t) => {
  t.deepEqual(withoutOf('seeds, but no basil', 'ok, basil is fine after all'), []);
  t.deepEqual(withoutOf('seeds, but no basil', 'from Terra'), ['basil']);
});

test('"only the pots" after a brand are those of the brand, and after other things another wish', (t) => {
  t.deepEqual(wishesOf('Terra', 'only the pots'), ['Garden > Pots + Terra']);
  t.deepEqual(wishesOf('guitars', 'just the pots'), ['Garden > Pots']);
});
