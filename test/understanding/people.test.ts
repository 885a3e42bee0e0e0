import test from 'ava';
import { wishesOf, withoutOf } from './garden-shop.ts';

const isFor = test.macro<[text: string, wishes: string[], without: string[]]>({
  exec(t, text, wishes, without) {
    t.deepEqual(wishesOf(text), wishes);
    t.deepEqual(withoutOf(text), without);
  },
  title: (_, text, wishes) => `"${text}" is for somebody: ${wishes.join(', ')}`,
});

const foreign = ['Pets', 'Kids'];
test(isFor, 'a gift for my uncle', [], [...foreign, 'Care > Scents > Women']);
test(isFor, 'something nice for grandma', [], [...foreign, 'Care > Scents > Men']);
test(isFor, 'a present for a three year old', ['Kids > Toys'], ['Pets']);
test(isFor, 'for my 18 months old toddler', ['Kids'], ['Pets']);
test(isFor, 'a spade for a 40 year old', ['Garden > Tools + spade'], foreign);
test(isFor, 'my puppy is bored', ['Pets > Dogs > Toys'], ['Kids']);
test(isFor, 'I have a dog', ['Pets > Dogs'], ['Kids']);
test(isFor, 'a toy for my dog', ['Pets > Dogs > Toys'], ['Kids']);
test(isFor, 'toys for children', ['Kids > Toys'], ['Pets']);
