import test from 'ava';
import { read, understandingOf, wishesOf } from './garden-shop.ts';
import { littleShop } from './little-shop.ts';

const asksFor = test.macro<[text: string, ...wishes: string[]]>({
  exec(t, text, ...wishes) {
    t.deepEqual(wishesOf(text), wishes);
    t.deepEqual(read(text).unknown, []);
  },
  title: (_, text, ...wishes) => `"${text}" asks for ${wishes.join(' and ')}`,
});

// What is told beside what is asked for by name is why, and nothing of it is looked for.
test(asksFor, 'My flatmate watered my seeds all summer, so I owe her a guitar', 'Music > Guitars');
test(asksFor, 'I dropped my guitar on a pot, which is why I need a spade', 'Garden > Tools + spade');
test(asksFor, 'Our dog ate the seeds and tore the picnic blanket, hence I want a pot', 'Garden > Pots');
test(asksFor, "It's getting warm on the terrace and I was thinking of a pot", 'Garden > Pots');
test(asksFor, 'I crawl under hedges, I need a spade', 'Garden > Tools + spade');
test(asksFor, 'My son knocked the pot off the table. Could you show me guitars?', 'Music > Guitars');
test(asksFor, "Clay scratches our floor. I'd love to give my mum a guitar", 'Music > Guitars');
test(asksFor, 'The birds ate half of the seeds, so maybe a spade?', 'Garden > Tools + spade');

test(asksFor, 'Summer is here and we are off to the garden. A spade, please', 'Garden > Tools + spade');
test(asksFor, "The owl hoots from dusk till dawn and I'm home alone, I need a guitar", 'Music > Guitars');

test(asksFor, "What we don't have yet is a spade and seeds", 'Garden > Tools + spade', 'Garden > Seeds');
test(asksFor, 'We are out of seeds and it rains all day', 'Garden > Seeds');
test(
  asksFor,
  'We lost the spade, guitar out of tune. Anyway, I would feel better with a pot',
  'Garden > Pots',
);
test(
  asksFor,
  'We need bird food and something our dog can play with',
  'Pets > Birds > Food',
  'Pets > Dogs > Toys',
);
test(asksFor, 'We slept like babies. A guitar, please', 'Music > Guitars');
// "One" is what was told of; the maker of a story's thing is that of what is asked for "from them".
test(asksFor, "The strings of my guitar snapped on Sunday. I'm after a new one", 'Music > Guitars');
test(asksFor, "I saw a friend's Terra spade. Do you have pots from them?", 'Garden > Pots + Terra');
test(asksFor, "Somebody took my pot by mistake. I'd better get my own one in clay", 'Garden > Pots + clay');
test(asksFor, 'I saw a Terra spade at the market. Do they make pots, too?', 'Garden > Pots + Terra');
test(asksFor, 'third guitar lesson today. do you sell pots?', 'Garden > Pots');
test(
  asksFor,
  'My flat smells of clay. I was hoping for a guitar, and maybe seeds',
  'Music > Guitars',
  'Garden > Seeds',
);

test('a price that was paid once is no limit', (t) => {
  const { limits } = read(
    'My last pair of scissors cost 3 euros and looked it. This time a spade for at least 20 euros',
  );
  t.deepEqual(
    limits.map(({ min, max }) => [min, max]),
    [[20, null]],
  );
});

test('of several who are told of, a pronoun means the one who was named last, and one who is given something is no animal', (t) => {
  const bed = ['Pets > Dogs > Beds', 'Pets > Dogs > Toys'];
  t.deepEqual(wishesOf('My parents just got a puppy. He still needs a bed and some toys'), bed);
  t.deepEqual(wishesOf('My aunt has a dog. I want to give her a guitar'), ['Music > Guitars']);
  t.deepEqual(wishesOf('We are adopting two puppies! They will need toys'), ['Pets > Dogs > Toys']);
  t.deepEqual(wishesOf('we have a puppy', 'he needs toys'), ['Pets > Dogs > Toys']);
});

test('what somebody does not see or hear is not left out', (t) => {
  const { without } = read('the neighbours never hear the dog');
  t.false(without.some(({ categories, assumed }) => !assumed && categories.includes('Pets > Dogs')));
});

test('of what was told of, one is no number of items', (t) => {
  t.is(read('A pot, since one hit him').count, null);
});

test('not only one thing but another are both wished for', (t) => {
  t.deepEqual(wishesOf('not only pots but also a spade'), ['Garden > Pots', 'Garden > Tools + spade']);
});

test('a thing to do something with is that thing', (t) => {
  t.deepEqual(wishesOf('a pot to write on'), ['Garden > Pots']);
});

test('of what is told beside a wish, what things of its kind have is kept, but nothing of what once happened', (t) => {
  t.deepEqual(wishesOf('My neighbour loves clay. A pot for her, please'), ['Garden > Pots + clay']);
  t.deepEqual(wishesOf('My neighbour broke the clay bird. A pot for her, please'), ['Garden > Pots']);
});

test('a sentence about what is asked for says more of it', (t) => {
  t.deepEqual(wishesOf('I need a pot. It should be zinc'), ['Garden > Pots + zinc']);
});

test('where nothing is asked for by name, what is told is all there is', (t) => {
  t.deepEqual(wishesOf('Our dog is bored'), ['Pets > Dogs > Toys']);
});

test('what somebody weighs or how tall somebody is says nothing of a size', (t) => {
  t.deepEqual(wishesOf('my 30 kg dog needs a dog bed'), ['Pets > Dogs > Beds']);
  t.deepEqual(wishesOf('I am 1.80 m tall and need a spade'), ['Garden > Tools + spade']);
  t.deepEqual(wishesOf('our dog weighs 10 l, we need a dog bed'), ['Pets > Dogs > Beds']);
  t.deepEqual(wishesOf('5 kg bird food'), ['Pets > Birds > Food + 5 kg']);
});

test('what somebody likes is looked for where nothing is asked for', (t) => {
  t.deepEqual(wishesOf('My brother collects guitars'), ['Music > Guitars']);
});

test('"too" behind a brand adds it, and behind a thing adds that', (t) => {
  t.deepEqual(wishesOf('pots from Terra', 'from Grünwerk, too'), ['Garden > Pots + Terra + Grünwerk']);
  t.deepEqual(wishesOf('pots', 'guitars too'), ['Garden > Pots', 'Music > Guitars']);
});

test('what somebody is to have in stock asks no question about the list', (t) => {
  const { question, limits, wishes } = read(
    'pots -> P1 P2',
    'a guitar will do. I need it by Friday, so only ones you have in stock',
  );
  t.deepEqual([question, limits.map(({ field }) => field), wishes.length], [null, ['stock'], 1]);
});

test('a price that does not matter any longer bounds nothing', (t) => {
  t.deepEqual(read('pots under 12', "you know what, the price doesn't matter. zinc please").limits, []);
});

test('two things behind commas are two, though the catalogue has neither', (t) => {
  t.is(read('I need perfume, and earplugs').wishes.length, 2);
});

test('what a story tells that somebody needs narrows what is asked for', (t) => {
  const hair = ['Curly Hair', 'Dry Hair'].map((kind, at) => ({
    ...littleShop[0],
    item_id: `h${at}`,
    title: `Lush Conditioner ${kind}`,
    categories: ['Beauty', 'Conditioner'],
  }));
  const text = "It took me hours to comb my daughter's curls. Is there a conditioner?";
  const { wishes } = understandingOf([...littleShop, ...hair]).read([{ text, shown: [] }]);
  t.deepEqual(
    wishes.map(({ words }) => words),
    [['curly', 'hair']],
  );
});
