import test from 'ava';
import { explanationOf } from '../../page/src/talk/explanation-of.ts';
import type { Part, ShownList } from '../../page/src/talk/turn.ts';

const part = (kind: Part['kind'], text: string): Part => ({ key: `${kind}:${text}`, kind, text });
const list = (...parts: Part[]) =>
  ({ isPopular: false, from: [], understood: { parts, intent: { order: null } } }) as unknown as ShownList;
const found = { why: { kind: 'words' as const, words: ['cat', 'food'] }, matched: true };

test('it says which words stand where, and that what was ruled out and bounded holds', (t) => {
  const held = [
    { word: 'cat', fields: ['title' as const, 'category' as const] },
    { word: 'food', fields: ['title' as const, 'category' as const] },
    { word: 'light', fields: ['description' as const] },
    { word: 'kitty', fields: [] },
  ];
  const asked = list(part('wish', 'cat food'), part('without', 'not chicken'), part('limit', 'up to 20'));
  t.deepEqual(explanationOf(found, asked, held), [
    '*cat* and *food* stand in its title and category; *light* stands in its description. Of all that match, the likeliest come first.',
    'You also asked for this: *not chicken* and *up to 20*. Both hold for it.',
  ]);
});

test('of what does not match, nothing is said to hold, nor of what could not be applied', (t) => {
  const asked = list({ ...part('limit', 'blue'), aside: true }, part('brand', 'by Hygge'));
  t.is(explanationOf({ ...found, why: { kind: 'near' }, matched: false }, asked).length, 1);
  t.is(explanationOf(found, asked)[1], 'You also asked for this: *by Hygge*. This holds for it.');
});

test('where an order was asked for, it is not the likeliest that come first', (t) => {
  t.deepEqual(explanationOf(found, list(part('order', 'cheapest first'))), [
    'It is what you asked for. All that match stand in the order that you asked for: *cheapest first*.',
  ]);
});
