import test from 'ava';
import { sayUntold, untoldIn } from '../../../orchestrator/serving/conversation/say-untold.ts';
import { emptyIntent } from '../../understanding/little-shop.ts';

const out = (text: string, ...words: string[]) => ({
  text,
  categories: [],
  brands: [],
  words,
  item_ids: [],
});
const says = (...without: ReturnType<typeof out>[]) =>
  sayUntold(
    untoldIn({ ...emptyIntent, without }, (word) => ['vanilla', 'hazelnut'].includes(word)),
    (texts) => texts.join(' and '),
  );

test('where no item says a word, nothing is known to be without it', (t) => {
  t.deepEqual(
    says(out('gluten', 'gluten'), out('lactose', 'lactose'), out('vanilla', 'vanilla', 'vanille')),
    ['No item says anything of gluten and lactose, so the data cannot tell: please read the package.'],
  );
});

test('where only sorts of it are said, these are known to be left out, and no others', (t) => {
  t.deepEqual(says(out('nuts', 'nut', 'hazelnut')), [
    'What says hazelnut is left out; of nuts the data say nothing else: please read the package.',
  ]);
});

test('brands, kinds of things and what is assumed are left out by what they are', (t) => {
  t.deepEqual(says(out('Terra'), { ...out('men', 'men'), ...{ assumed: true } }), []);
});
