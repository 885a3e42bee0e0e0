import test from 'ava';
import { partsOf } from '../../orchestrator/understanding/index.ts';
import { read } from './garden-shop.ts';

const asks = test.macro<[text: string, field: string, asked: string]>({
  exec(t, text, field, asked) {
    t.deepEqual(read('guitars -> G1 G2 G3', text).question, { item_ids: ['G2'], field, asked });
  },
  title: (_, text, __, asked) => `"${text}" asks whether it ${asked}`,
});

test(asks, 'is the second one gluten free?', 'gluten free', 'is gluten free');
test(asks, 'is the second one good for small hands?', 'small hands', 'is good for small hands');
test(asks, 'does the second one contain nickel?', 'nickel', 'contains nickel');
test(asks, 'does the second come with a case?', 'case', 'comes with a case');
test(asks, 'is the second made of lacewood?', 'lacewood', 'is made of lacewood');
test(asks, 'is the second one easy to tune, please?', 'easy tune', 'is easy to tune');

test('what is a fact of its own is asked by its name, and mere letters by none', (t) => {
  t.deepEqual(read('guitars -> G1 G2', 'is the second one heavy?').question, {
    item_ids: ['G2'],
    field: 'weight',
  });
  t.is(read('guitars -> G1 G2', 'is the second one zxqv?').question?.asked, undefined);
});

test('the next turn asks the same of another item, and the chip says what', (t) => {
  const next = read('guitars -> G1 G2 G3', 'is the second one gluten free? -> G2', 'and the third?');
  t.deepEqual(next.question, { item_ids: ['G3'], field: 'gluten free', asked: 'is gluten free' });
  t.deepEqual(
    partsOf(next, (id) => `guitar ${id}`).map(({ text }) => text),
    ['whether guitar G3 is gluten free'],
  );
});
