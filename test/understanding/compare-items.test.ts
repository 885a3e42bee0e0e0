import test from 'ava';
import { read, wishesOf } from './garden-shop.ts';

const guitars = 'guitars -> G1 G2 G3';
const asked = (...turns: string[]) => {
  const { question } = read(...turns);
  const { text = '', most = null } = question?.compares ?? {};
  return question && [question.item_ids.join(' '), question.field, text, most];
};

test('which of some items is cheaper, or has more of a fact, is a question about these', (t) => {
  for (const text of [
    'which of the first two is cheaper?',
    'which is cheaper, the first or the second?',
    'is the first cheaper than the second one?',
    'show me the cheaper of the first two',
    'the cheaper one of the first two, please',
  ])
    t.deepEqual(asked(guitars, text), ['G1 G2', 'price', 'cheaper', false], text);
  for (const text of [
    'does the first cost more than the third?',
    'is the first more expensive than the third?',
  ])
    t.deepEqual(asked(guitars, text), ['G1 G3', 'price', 'more expensive', true], text);
  t.deepEqual(asked(guitars, 'is the second one bigger than the first?'), ['G2 G1', 'size', 'bigger', true]);
  t.deepEqual(asked(guitars, 'which of them is the lightest?'), ['G1 G2 G3', 'weight', 'lightest', false]);
  t.deepEqual(asked(guitars, 'does the first weigh more than the second?'), [
    'G1 G2',
    'weight',
    'heavier',
    true,
  ]);
  t.deepEqual(asked(guitars, 'which of the first two has more stock?'), [
    'G1 G2',
    'stock',
    'more stock',
    true,
  ]);
  t.deepEqual(asked(guitars, 'do the first and the third have the same brand?'), [
    'G1 G3',
    'brand',
    '',
    null,
  ]);
});

test('how items differ is asked in many words, of items of the list or by their names', (t) => {
  for (const text of [
    'what is the difference between the first and the third?',
    'what is the difference between the first and third?',
    'compare the first with the third one',
    'how does the first compare to the third?',
    'differences between 1 and 3?',
    '1 vs 3',
    'are the first and the third different?',
    'are the first and the third alike?',
    'show me the first and the third side by side',
  ])
    t.deepEqual(asked(guitars, text), ['G1 G3', 'difference', '', null], text);
  for (const text of [
    'what is the difference in price between the first and the third?',
    'compare the prices of the first and third',
  ])
    t.deepEqual(asked(guitars, text), ['G1 G3', 'price', 'cheaper', false], text);
  t.deepEqual(asked(guitars, 'what is the difference?')?.[0], 'G1 G2 G3');
  t.deepEqual(
    asked('what is the difference between the Knurr Rope Toy and the Knurr Dog Bed S?')?.[0],
    'D3 D2',
  );
  t.deepEqual(asked('which is cheaper, the Tonart western guitar or the Sonata guitar?')?.slice(0, 2), [
    'G1 G3',
    'price',
  ]);
});

test('what was compared goes on being compared, also with another', (t) => {
  const first = [guitars, 'compare the first two -> G1 G2'];
  t.deepEqual(asked(...first, 'and the third?'), ['G1 G2 G3', 'difference', '', null]);
  t.deepEqual(asked(...first, 'which one is cheaper?'), ['G1 G2', 'price', 'cheaper', false]);
  t.deepEqual(wishesOf(...first, 'in red'), ['Music > Guitars']);
});

test('what asks for others compares none', (t) => {
  for (const text of [
    'something cheaper than the first and the second',
    'which guitars are cheaper than the first and the second?',
    'something different from the first two',
    'different ones',
    'which one is the cheapest?',
    'compare guitars',
  ])
    t.is(read(guitars, text).question, null, text);
  t.deepEqual(read(guitars, 'something cheaper than the first and the second').limits[0]?.max, 128.99);
});
