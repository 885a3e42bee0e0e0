import test from 'ava';
import { elsewhere } from '../../orchestrator/understanding/intent.ts';
import { read, wishesOf } from './garden-shop.ts';

const isGeneral = (...turns: string[]) => read(...turns).question?.field === elsewhere;

test('what no shop is asked is heard as such, and what was asked for waits', (t) => {
  for (const text of [
    'what is the capital of France?',
    'who won the election?',
    'who invented the guitar?',
    'why is the sky blue?',
    'how far is the moon',
    'hey, when was Napoleon born?',
    'how many planets are there?',
  ]) {
    t.true(isGeneral(text), text);
    t.deepEqual(wishesOf('pots', text), [], text);
    t.deepEqual(wishesOf('pots', text, 'from Terra'), ['Garden > Pots + Terra'], text);
  }
  t.deepEqual(wishesOf('a pot. Who was Napoleon?'), ['Garden > Pots']);
});

test('what a shop may be asked is none of that', (t) => {
  for (const text of [
    'what is good for small hands?',
    'what does a gardener need?',
    'what is a laptop?',
    'where are the guitars?',
    'who makes the spade?',
    'what is the cheapest?',
    'what is a nice present for a teacher?',
    'what categories are there?',
    'why is the first one so expensive?',
    'which pot is the largest?',
    'what do toddlers like?',
    'do you deliver?',
  ])
    t.false(isGeneral('pots -> P1 P2', text), text);
});
