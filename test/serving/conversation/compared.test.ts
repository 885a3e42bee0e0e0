import test from 'ava';
import { answersOf } from '../../../orchestrator/serving/conversation/say-compared.ts';
import type { AskedCard } from '../../../orchestrator/serving/conversation/say-facts.ts';
import { openShopRun } from '../shop-run.ts';

const card = (title: string, price: number | null, others: Partial<AskedCard> = {}): AskedCard => ({
  item_id: title,
  title,
  description: '',
  ...others,
  attributes: { ...(price === null ? {} : { price }), ...others.attributes },
});
const cards = [
  card('Terra Pot 20 cm', 12, {
    brand: 'Terra',
    categories: ['Garden', 'Pots'],
    attributes: { color: 'Red' },
  }),
  card('Oak Pot 30 cm', 9.5, { brand: 'Oak', categories: ['Garden', 'Pots'], attributes: { stock: 0 } }),
];
const compared = (field: string, text: string, most: boolean, some = cards) =>
  answersOf({ item_ids: [], field, compares: { text, most } }, some).join(' ');

test('of what is compared, what has more of it stands first, and by how much it is cheaper is told', (t) => {
  t.is(
    compared('price', 'cheaper', false),
    'Cheaper: Oak Pot 30 cm, 9.50; then Terra Pot 20 cm, 12.00 (2.50 more).',
  );
  t.is(compared('size', 'bigger', true), 'Bigger: Oak Pot 30 cm, 30 cm; then Terra Pot 20 cm, 20 cm.');
  const third = [...cards, card('Zinc Pot 20 cm', 20)];
  t.is(
    compared('price', 'cheapest', false, third),
    'Cheapest: Oak Pot 30 cm, 9.50; then Terra Pot 20 cm, 12.00; Zinc Pot 20 cm, 20.00.',
  );
});

test('what is alike is said to be, and what the data lack to be unknown', (t) => {
  const same = [card('Blue Mug', 8), card('Red Mug', 8)];
  t.is(compared('price', 'cheaper', false, same), 'Alike in price: Blue Mug, 8.00; Red Mug, 8.00.');
  t.is(
    compared('weight', 'lighter', false),
    'Which is lighter, the data do not say. The weight of Terra Pot 20 cm and Oak Pot 30 cm is unknown.',
  );
  t.is(
    compared('price', 'cheaper', false, [...cards, card('Zinc Pot', null)]),
    'Cheaper: Oak Pot 30 cm, 9.50; then Terra Pot 20 cm, 12.00 (2.50 more). The price of Zinc Pot is unknown.',
  );
});

test('a difference is told of each item by what is not the same of all, then what is', (t) => {
  t.deepEqual(answersOf({ item_ids: [], field: 'difference' }, cards), [
    'Terra Pot 20 cm: 12.00, Terra, 20 cm, color Red, stock unknown.',
    'Oak Pot 30 cm: 9.50, Oak, 30 cm, color unknown, sold out (when it is back is unknown).',
    'Alike: Pots.',
  ]);
});

test('who compares items of a list sees them, in the order in which they were named, and the list stays', async (t) => {
  const { run } = await openShopRun();
  const chat = run.chat();
  const list = (await chat.say('kettles in stock', { k: 4 }))!.recommendation.items;
  const { items, understood } = (await chat.say('which is cheaper, the third or the first?'))!.recommendation;
  t.deepEqual(
    items.map(({ item_id, why }) => [item_id, why?.kind]),
    [list[2], list[0]].map(({ item_id }) => [item_id, 'listed']),
  );
  const [less] = [list[0], list[2]].sort((a, b) => Number(a.attributes?.price) - Number(b.attributes?.price));
  t.true(understood!.says[0].startsWith(`Cheaper: ${less.title}, `));
  const second = (await chat.say('the second one'))!.recommendation.items;
  t.is(second[0].item_id, list[1].item_id);
});
