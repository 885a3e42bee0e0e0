import test from 'ava';
import { madeOnce } from '../../orchestrator/serving/made-once.ts';
import { createUnderstanding } from '../../orchestrator/understanding/index.ts';
import { items } from '../serving/tiny-shop.ts';

const shop = items(3);
shop[0].title = 'Linden Hand Balm, Rose, 3.4 oz (100 ml)';
shop[1].title = 'Birke Soap Bar 90 g';
shop[2].item_id = 'B0077';
const { read } = madeOnce(() => createUnderstanding(shop))();
const had = (...texts: string[]) => read(texts.map((text) => ({ text, shown: [] })));

test('a whole title behind "I have" is what the person has; a size in it is no wish', (t) => {
  const { had: ids, wishes } = had('I have Linden Hand Balm, Rose, 3.4 oz (100 ml)');
  t.deepEqual([ids, wishes], [['i0'], []]);
});

test('titles joined by "and", also in the next turn, and ids belong to it', (t) => {
  t.deepEqual(had('I bought the Birke Soap Bar 90 g and B0077').had, ['i1', 'B0077']);
  t.deepEqual(had('I have B0077', 'oh, and Birke Soap Bar 90 g').had, ['B0077', 'i1']);
});

test('a title alone is not what one has', (t) => {
  t.deepEqual(had('Birke Soap Bar 90 g').had, []);
});
