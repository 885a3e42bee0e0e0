import test from 'ava';
import { amountsIn, hasMeasure, partsOf, withoutParts } from '../../orchestrator/understanding/index.ts';
import { items, read, wishesOf, withoutOf } from './garden-shop.ts';

const priced = test.macro<[text: string, min: number | null, max: number | null]>({
  exec(t, text, min, max) {
    const [limit, ...others] = read(text).limits;
    t.deepEqual(others, []);
    t.deepEqual({ field: limit?.field, min: limit?.min, max: limit?.max }, { field: 'price', min, max });
  },
  title: (_, text, min, max) => `"${text}" costs ${min ?? 'any'} to ${max ?? 'any'}`,
});

test(priced, 'pots under 20 euros', null, 20);
test(priced, 'a spade for less than $40', null, 40);
test(priced, 'a spade up to 39,90 €', null, 39.9);
test(priced, 'my budget is 300, I want a guitar', null, 300);
test(priced, 'a guitar, max. 1,000 EUR', null, 1000);
test(priced, 'a guitar for 200 bucks', null, 200);
test(priced, 'guitars cheaper than two hundred', null, 200);
test(priced, 'guitars over 200', 200, null);
test(priced, 'a picnic blanket, at least 30 €', 30, null);
test(priced, 'guitars between 100 and 300 euros', 100, 300);
test(priced, 'guitars from 100 to 300', 100, 300);
test(priced, 'pots 10-20 €', 10, 20);
test(priced, 'a dog bed around $40', 30, 50);
test(priced, 'pots 20 euros or less', null, 20);
test(priced, 'a guitar, nothing above 250', null, 250);
test(priced, 'a guitar, not under 200 €', 200, null);
test(priced, 'a pot that should not cost more than 15', null, 15);
test(priced, 'seeds for under a fiver', null, 5);

// What bounds a number may stand anywhere around it, in any words.
test(priced, 'a spade, limit 40', null, 40);
test(priced, 'a spade that will not set me back more than 40', null, 40);
test(priced, 'a spade - forty is my absolute maximum', null, 40);
test(priced, 'a spade, let us keep it to 40', null, 40);
test(priced, 'a guitar worth at least 200', 200, null);
test(priced, 'guitars, 200+', 200, null);
test(priced, 'guitars, over 100 and under 300', 100, 300);
test(priced, 'guitars in the 100 to 300 range', 100, 300);

test(priced, "a guitar, can't spend more than £150", null, 150);
test(priced, 'guitars, nothing pricier than 200 bucks', null, 200);
test(priced, "I'd rather not go over 30, a pot", null, 30);
test(priced, 'pots, max is 15', null, 15);
test(priced, 'pots EUR 10-15 glazed', 10, 15);
test(priced, 'pots 10ish-20 euro', 10, 20);
test(priced, 'a spade, 40 euros or thereabouts', 30, 50);
test(priced, 'pots > 20', 20, null);
test(priced, 'pots, max. 25,- €', null, 25);
test(priced, 'three pots, none of them above 15 euros', null, 15);
test(priced, 'a pot 15 max', null, 15);
test(priced, 'my budget for a guitar is 300, tops', null, 300);
test(priced, 'guitars. 200 and up', 200, null);
test(priced, 'a spade from 20 euro upwards', 20, null);

test('numbers that count something else are no prices', (t) => {
  for (const text of [
    'a blanket for at least 2 people',
    'strings, more than 5 pieces',
    'a table cloth 140x200',
    'toys, 3 and up',
    'strings, a pack of 6 max',
    'I need 2 tops',
  ])
    t.deepEqual(
      read(text).limits.filter(({ field }) => field === 'price'),
      [],
      text,
    );
});

test('an amount that titles tell has limits of its own', (t) => {
  const [{ field, min, text }] = read('bird food over 2 kg').limits;
  t.deepEqual({ field, min, text }, { field: 'g', min: 2000, text: 'at least 2 kg' });
});

test('the cheapest and the most expensive are an order', (t) => {
  t.is(read('the cheapest guitar').order, 'cheapest');
  t.is(read('something cheap for my garden').order, 'cheapest');
  t.is(read('your most expensive pot').order, 'dearest');
  t.is(read('a pot, not too expensive').order, 'cheapest');
});

test('in stock means that at least one is there', (t) => {
  for (const text of [
    'a pot that is in stock',
    'pots available right now',
    'any pots left?',
    'a pot, must not be sold out',
  ])
    t.deepEqual(
      read(text).limits[0],
      { text: 'in stock', field: 'stock', min: 1, max: null, values: [] },
      text,
    );
});

test('a value of an attribute is a limit', (t) => {
  const { limits, wishes } = read('a watering can in blue');
  t.deepEqual(limits, [{ text: 'blue', field: 'colour', min: null, max: null, values: ['Blue'] }]);
  t.deepEqual(wishes[0].words, ['watering', 'can']);
});

test('shares of a unit and sizes that stand alone are measures', (t) => {
  const measuresOf = (text: string) => read(text).wishes.flatMap(({ measures }) => measures);
  t.deepEqual(measuresOf('half a kilo of bird food'), ['0.5 kg']);
  t.deepEqual(measuresOf('a kilo of bird food'), ['1 kg']);
  t.deepEqual(measuresOf('a dog bed, large'), ['size L']);
  t.deepEqual(measuresOf('a large dog bed'), ['size L'], 'dog beds come in sizes');
  t.deepEqual(measuresOf('a bed for my big dog'), ['size L']);
  t.deepEqual(measuresOf('a large flower pot'), [], 'pots do not');
  t.deepEqual(measuresOf('dog bed sz S'), ['size S']);
});

test('how many are asked for is the length of the list, and no wish', (t) => {
  for (const [text, count] of [
    ['top 3 seeds', 3],
    ['seeds, just two ideas please', 2],
    ['seeds, show me five', 5],
    ['give me four cheap options for pots', 4],
    ['a couple of suggestions for pots', 2],
    ['two pots', null],
    ['pots up to 15', null],
    ['pots, only 20 euros', null],
    ['top 10 l watering can', null],
  ] as const)
    t.is(read(text).count, count, text);
  t.deepEqual(wishesOf('top 3 seeds'), ['Garden > Seeds']);
  t.is(read('top 3 seeds', 'from Terra').count, 3, 'it stays while more is said');
  t.is(read('top 3 seeds', 'a guitar').count, null);
  t.is(read('seeds -> S1 S2', 'two more please').count, 2);
});

test('a budget bounds the price, however it is told', (t) => {
  t.is(read('guitars, I only have 150').limits[0].max, 150);
  const { limits } = read('guitars -> G1 G2 G3', 'too expensive, we only have 200');
  t.deepEqual(
    limits.map(({ max }) => max),
    [200],
  );
});

test('what is cheaper than an item is under its price', (t) => {
  t.is(read('guitars -> G1 G2 G3', 'cheaper?').limits[0].text, 'cheaper (under 249, a guess)');
  // What is shown may be above a limit that nothing fits.
  t.deepEqual(
    read('guitars under 60 -> G1 G2 G3', 'cheaper?').limits.map(({ text, max }) => [text, max]),
    [['up to 60', 60]],
  );
});

test('a mere cheaper is below the middle of what was shown, and what was said stays', (t) => {
  const limitsAfter = (...turns: string[]) => read(...turns).limits.map(({ text }) => text);
  const pots = 'pots under 40 -> P1 P2 P3 P4 G1';
  t.deepEqual(limitsAfter(pots, 'cheaper'), ['up to 40', 'cheaper (under 12, a guess)'], 'of 8 12 24 31.50');
  t.deepEqual(
    limitsAfter('pots -> P1 P2 P3', 'cheaper'),
    ['cheaper (under 12, a guess)'],
    'of 12 24 31.50: 8 is not shown yet, and below the first',
  );
  t.deepEqual(limitsAfter('pots -> P4 P1 P2', 'cheaper'), ['cheaper (under 12, a guess)'], 'none is below 8');
  t.deepEqual(limitsAfter(pots, 'more expensive'), ['up to 40', 'more expensive (over 24, a guess)']);
  t.deepEqual(limitsAfter(pots, 'cheaper', 'cheapest'), ['up to 40']);
  t.deepEqual(limitsAfter(pots, 'cheaper', 'under 30'), ['up to 30']);
  t.deepEqual(limitsAfter(pots, 'cheaper than the first'), ['under 12']);
  const twice = read(`${pots.slice(0, -3)}`, 'cheaper -> P4 S1', 'still cheaper').limits;
  t.deepEqual(
    twice.map(({ text, other_than }) => [text, other_than?.length]),
    [
      ['up to 40', undefined],
      ['cheaper (under 8, a guess)', 5],
    ],
    'new is what no list showed',
  );
});

test('who asks for more than a range, or for less, leaves it on that side', (t) => {
  const limitsAfter = (...turns: string[]) => read(...turns).limits.map(({ text }) => text);
  const pots = 'pots 10 to 30 -> P1 P2 P4';
  t.deepEqual(limitsAfter(pots, 'more expensive'), ['more expensive (over 12, a guess)']);
  t.deepEqual(limitsAfter(pots, 'cheaper'), ['cheaper (under 12, a guess)']);
  // What fills the list up is below the range.
  const few = 'pots 30 to 40 -> P3 P1 P4';
  t.deepEqual(limitsAfter(few, 'more expensive'), ['more expensive (over 30, a guess)']);
  t.deepEqual(limitsAfter(few, 'more expensive than the second'), ['over 30']);
});

test('complaints of a price ask for less, unless a sum is told', (t) => {
  for (const text of [
    "that's daylight robbery",
    'ouch. easier on the wallet?',
    'a bit steep',
    'got one that does not cost as much?',
  ])
    t.is(read('guitars -> G1 G2 G3', text).limits[0]?.max, 248.99, text);
  t.deepEqual(
    read('guitars -> G1 G2 G3', "that's a rip-off, max is 150").limits.map(({ max }) => max),
    [150],
  );
  t.is(read('guitars -> G1 G2 G3', 'the second one, but cheaper').limits[0].max, 128.99);
  t.is(read("what's the least I can spend on a guitar?").order, 'cheapest');
  t.deepEqual(read('a guitar, money is no object').without, []);
});

test('a size or an amount is said in many ways', (t) => {
  const measuresOf = (...turns: string[]) => read(...turns).wishes.flatMap(({ measures }) => measures);
  t.deepEqual(measuresOf('a dog bed in small please'), ['size S']);
  t.deepEqual(measuresOf('a dog bed', 'size L', 'no sorry, S'), ['size S']);
  t.deepEqual(measuresOf('parrot food, the five kilo bag'), ['5 kg']);
});

test('a limit of which nobody said the number is told as a guess', (t) => {
  const [about] = read('pots for about 20 euros').limits;
  t.deepEqual([about.text, about.min, about.guessed], ['about 20 € (15 to 25 €, a guess)', 15, true]);
  t.is(read('guitars -> G1 G2 G3', 'cheaper than the second').limits[0].guessed, undefined);
  t.is(read('pots under 20').limits[0].guessed, undefined);
  const bed = read('a bed for a big dog');
  t.deepEqual([bed.wishes[0].measures, bed.wishes[0].guessed], [['size L'], ['size L']]);
  const [chip] = partsOf(bed, String).filter(({ kind }) => kind === 'limit');
  t.is(chip.text, 'size L (a guess)');
  t.deepEqual(withoutParts(bed, [chip.key]).wishes[0].measures, []);
});

test('what has the most or the least of something comes first, and the wish stays', (t) => {
  const ordered = (text: string) => {
    const { order, wishes } = read(text);
    return [order, wishes.map((wish) => wish.categories[0])];
  };
  t.deepEqual(ordered('the largest watering can'), [
    { text: 'largest', field: 'size', most: true },
    ['Garden > Tools'],
  ]);
  t.deepEqual(ordered('show me the lightest guitar'), [
    { text: 'lightest', field: 'weight', most: false },
    ['Music > Guitars'],
  ]);
  t.deepEqual(read('the pot with the smallest volume').order, {
    text: 'smallest volume',
    field: 'volume',
    most: false,
  });
  t.deepEqual(read('seeds', 'the least compact').order, { text: 'least compact', field: 'size', most: true });
  t.is(read('the cheapest spade').order, 'cheapest');
});

test('what has more or less of something than an item of the list is bounded by what its title tells', (t) => {
  const limitOf = (...turns: string[]) => read(...turns).limits.map(({ text, field }) => `${field}: ${text}`);
  const cans = 'watering cans -> T3 T4';
  t.deepEqual(limitOf(cans, 'a bigger one'), ['ml: bigger (over 5 l, a guess)']);
  t.deepEqual(limitOf(cans, 'smaller than the second'), ['ml: under 10 l']);
  t.deepEqual(wishesOf(cans, 'something less heavy'), wishesOf('watering cans'));
  t.deepEqual(read(cans, 'something less heavy').order, { text: 'less heavy', field: 'weight', most: false });
  t.deepEqual(limitOf('bird food -> B1 B2', 'a larger bag'), ['g: larger (over 1 kg, a guess)']);
  t.deepEqual(limitOf('a bigger watering can'), []);
});

test('a sum for several things bounds each of them, as a guess where it is for all', (t) => {
  const limitsOf = (text: string) => read(text).limits.map((limit) => limit.text);
  for (const text of [
    'a pot and a guitar, 60 together',
    'a pot and a guitar for 60 in total',
    'a total of 60: a pot, a guitar',
  ])
    t.deepEqual(limitsOf(text), ['60 together (up to 60, a guess)'], text);
  t.deepEqual(limitsOf('a pot and a guitar, 30 each'), ['up to 30']);
  t.deepEqual(limitsOf('two pots for 50'), ['up to 50']);
});

test('no more of something than an item has is as much at most', (t) => {
  const limitsOf = (...turns: string[]) => read(...turns).limits.map(({ text }) => text);
  const cans = 'watering cans -> T3 T4';
  for (const text of [
    'not bigger than the first',
    'nothing larger than that',
    'one that is no bigger than the first',
  ])
    t.deepEqual(limitsOf(cans, text), ['up to 5 l'], text);
  t.deepEqual(limitsOf(cans, 'not smaller than the second'), ['at least 10 l']);
  t.deepEqual(limitsOf(cans, 'not as big as the second'), ['under 10 l']);
  t.deepEqual(limitsOf(cans, 'not so big'), ['not so big (under 5 l, a guess)']);
  // What no title tells is left aside, and said.
  t.deepEqual(limitsOf('guitars -> G1 G2', 'no heavier than that'), ['not heavier']);
  const guitars = 'guitars -> G1 G2 G3';
  for (const text of [
    'no more expensive than the second',
    'nothing over the second',
    'not dearer than the second',
  ])
    t.deepEqual(limitsOf(guitars, text), ['up to 129'], text);
  t.deepEqual(limitsOf(guitars, 'not cheaper than the second'), ['at least 129']);
});

test('what is not to be the most or the least leaves out that of the list, and orders nothing', (t) => {
  const without = (...turns: string[]) => withoutOf(...turns);
  const cans = 'watering cans -> T3 T4';
  t.deepEqual(without(cans, 'smaller than the second but not the smallest'), ['T3']);
  t.deepEqual(without('guitars -> G1 G2 G3', 'not the cheapest'), [cheapestOf('G1', 'G2', 'G3')]);
  t.is(read('a guitar, not the cheapest').order, null);
  t.deepEqual(read('a guitar, not the cheapest').unread, ['not the cheapest']);
  t.deepEqual(read('a guitar, not necessarily the cheapest').unread, []);
  t.is(read('a guitar, nothing cheap').order, 'dearest');
});

test('of other things than those shown, denied or of people, a comparative bounds nothing', (t) => {
  const limitsOf = (...turns: string[]) =>
    read(...turns).limits.map(({ text, field }) => `${field}: ${text}`);
  const pots = 'pots -> P1 P2 P4';
  for (const text of [
    'not bigger',
    'I no longer want pots',
    'a spade with a longer handle',
    'a blanket for a larger family',
    'higher quality',
    'I can wait longer',
    'my balcony is smaller',
    'bigger than the one I have',
  ])
    t.deepEqual(limitsOf(pots, text), [], text);
  for (const text of ['my younger daughter needs a bib', 'for a stronger plant'])
    t.is(read(pots, text).order, null, text);
  t.deepEqual(limitsOf(pots, 'slightly bigger blue pots'), [
    'mm: bigger (over 20 cm, a guess)',
    'colour: blue',
  ]);
  t.deepEqual(limitsOf('watering cans -> T3 T4', 'smaller than 8 l'), ['ml: up to 8 l']);
  t.deepEqual(limitsOf('bird food -> B1 B2', 'not heavier than 2 kg'), ['g: up to 2 kg']);
  t.deepEqual(limitsOf('a pot taller than 25 cm'), ['mm: at least 25 cm']);
});

test('a superlative of people, or in an idiom, orders nothing', (t) => {
  for (const text of [
    'a gift for my youngest son',
    'I am the biggest fan of guitars, any strings?',
    'a toy that most people like',
    'a dog bed for my smallest dog',
    'not the biggest fan of squeaky toys',
    'a blanket for the coldest, longest nights',
    'my oldest nephew plays guitar',
    'the biggest discount on pots',
  ])
    t.is(read(text).order, null, text);
  for (const text of ['I am looking for the smallest dog bed', 'pots, which is the largest?'])
    t.not(read(text).order, null, text);
});

test('areas compare in one unit, and what counts packs is none', (t) => {
  t.deepEqual([...amountsIn('Tent 2 x 3 m')], [['area', 60000]]);
  t.deepEqual([...amountsIn('Mat 600x500 mm')], [...amountsIn('Mat 60x50')]);
  t.deepEqual([...amountsIn('Bird Food 5 x 1 kg')], [['g', 1000]]);
  t.true(hasMeasure('Cloth 140x200', '1.4x2 m'));
  t.is(read('a cloth over 1 x 2 m').limits[0].min, 20000);
  t.deepEqual(wishesOf('a toy, constructor'), ['Kids > Toys or Pets > Dogs > Toys', 'constructor']);
});

test('"for two" says a size, whatever follows', (t) => {
  t.deepEqual(wishesOf('a picnic blanket for 2 that you have in stock'), [
    'Home > Table + picnic + blanket + 2 people',
  ]);
  t.deepEqual(wishesOf('pots for 4 weeks'), ['Garden > Pots']);
});

test('what bounds a price is no word of the wish', (t) => {
  t.deepEqual(wishesOf('a guitar max. 250,- EUR'), ['Music > Guitars']);
});

function cheapestOf(...ids: string[]): string {
  const priceOf = (id: string) => Number(items.find(({ item_id }) => item_id === id)?.attributes?.price);
  return ids.toSorted((a, b) => priceOf(a) - priceOf(b))[0];
}
