import test from 'ava';
import { read, wishesOf } from './garden-shop.ts';

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
