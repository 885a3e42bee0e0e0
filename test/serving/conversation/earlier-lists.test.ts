import test from 'ava';
import { readEarlierLists } from '../../../orchestrator/serving/conversation/earlier-lists.ts';
import { madeOnce } from '../../../orchestrator/serving/made-once.ts';
import { items } from '../tiny-shop.ts';

const shop = items(4);
shop[3].title = 'Thing 1';
shop[2].title = 'Thing · two';
const listIn = madeOnce(() => readEarlierLists(shop))();

test('the numbered lines of an answer are its list; titles are exact', (t) => {
  t.deepEqual(listIn('Things:\n\n1. Thing 0 · 12.00 · often next\n2. Thing · two\n3. Thing 9'), ['i0', 'i2']);
});

test('of several items with one title, the first is meant', (t) => {
  t.deepEqual(listIn('\n1. Thing 1'), ['i1']);
});

test('nothing else in an answer counts', (t) => {
  for (const text of ['', 'Thing 0', 'I recommend 1. Thing 0', '1.Thing 0', '1. ', '1. · · ·'])
    t.deepEqual(listIn(text), []);
});

test('a list that nobody here has written is not looked for to its end', (t) => {
  t.deepEqual(listIn(`1. Thing 0${' · x'.repeat(20)}`), []);
  t.deepEqual(listIn(`1. Thing 0${' '.repeat(2000)}`), []);
  t.deepEqual(listIn(`${'\n'.repeat(400)}1. Thing 0`), []);
});
