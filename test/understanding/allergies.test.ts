import test from 'ava';
import { items, read, shop, understandingOf, wishesOf, withoutOf } from './garden-shop.ts';

const leavesOut = test.macro<[text: string, wishes: string[], without: string[]]>({
  exec(t, text, wishes, without) {
    t.deepEqual(wishesOf(text), wishes);
    t.deepEqual(
      read(text).without.flatMap(({ text: left, stays }) => (stays ? left : [])),
      without,
    );
    t.deepEqual(read(text).unknown, []);
  },
  title: (_, text) => `"${text}"`,
});

test(leavesOut, 'seeds for my girlfriend who has a nut allergy', ['Garden > Seeds'], ['nut']);
test(leavesOut, 'my sister is clay and zinc intolerant, pots please', ['Garden > Pots'], ['clay', 'zinc']);
test(
  leavesOut,
  'bird food, I have a severe allergy to oats and nuts',
  ['Pets > Birds > Food'],
  ['oats', 'nuts'],
);
test(leavesOut, 'pots, with an intolerance of clay', ['Garden > Pots'], ['clay']);
// What part of somebody it is, or how bad, is nothing to leave out.
test(leavesOut, 'seeds, I have a bad skin allergy', ['Garden > Seeds'], []);
test(leavesOut, 'pots, I have allergies', ['Garden > Pots'], []);

test('who must not have something must not have what is called by it, either', (t) => {
  const title = 'Terra Flower Pot Hazelnut Shell';
  const withNuts = understandingOf([...items, { ...items[0], item_id: 'N1', title }]);
  const wordsOf = (text: string) => withNuts.read([{ text, shown: [] }]).without[0].words;
  t.deepEqual(wordsOf('I am allergic to nuts'), ['nut', 'hazelnut']);
  t.deepEqual(wordsOf('no nuts please'), ['nut']);
});

test('what items say of themselves, of what they lack or by an attribute is mentioned', (t) => {
  t.true(['clay', 'pesticides', 'red'].every(shop.mentions));
  t.false(['gluten', 'pink'].some(shop.mentions));
});

test('a spray against allergies is looked for', (t) => {
  t.deepEqual(withoutOf('an allergy spray'), []);
});
