import test from 'ava';
import { sayUntold, stillUntold, untoldIn } from '../../../orchestrator/serving/conversation/say-untold.ts';
import { emptyIntent } from '../../understanding/little-shop.ts';

const out = (text: string, ...words: string[]) => ({
  text,
  categories: [],
  brands: [],
  words,
  item_ids: [],
});
const listed = (texts: readonly string[]) => texts.join(' and ');
const untold = (text: string, ...without: ReturnType<typeof out>[]) =>
  untoldIn({ ...emptyIntent, without }, text, (word) => ['vanilla', 'hazelnut', 'cuir'].includes(word));
const says = (...without: ReturnType<typeof out>[]) =>
  sayUntold(untold('no gluten, lactose, vanilla, nuts, leather, Terra, men', ...without), listed);

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

test('what another language calls it is said of it', (t) => {
  t.deepEqual(says(out('leather', 'leather', 'cuir')), []);
});

test('in later turns few words say it', (t) => {
  const later = untold('a blanket', out('gluten', 'gluten'), out('nuts', 'nut', 'hazelnut'));
  t.deepEqual(sayUntold(later, listed), []);
  t.deepEqual(stillUntold(later, listed), ['nothing is said of gluten and nuts']);
});

test('brands, kinds of things and what is assumed are left out by what they are', (t) => {
  t.deepEqual(says(out('Terra'), { ...out('men', 'men'), ...{ assumed: true } }), []);
});
