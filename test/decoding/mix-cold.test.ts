import test from 'ava';
import { mixCold, placeCold } from '../../orchestrator/decoding/mix-cold.ts';

const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const cold = ['1', '2', '3', '4'];

test('places of cold items are spread evenly over every ten', (t) => {
  t.is(placeCold(others, cold, 1).join(''), 'abcdefghi1j234');
  t.is(placeCold(others, cold, 2).slice(0, 10).join(''), 'abcd1efgh2');
  t.is(placeCold(others, cold, 3).slice(0, 10).join(''), 'abc1de2fg3');
});

test('a short list is the beginning of a longer one', (t) => {
  t.is(placeCold(others.slice(0, 4), cold.slice(0, 1), 2).join(''), 'abcd1');
  // What stands before in the same list counts.
  t.is(placeCold(others.slice(4), cold.slice(1), 2, 5).slice(0, 5).join(''), 'efgh2');
});

test('one kind takes the places that the other cannot fill', (t) => {
  t.is(placeCold(['a'], cold, 2).join(''), 'a1234');
  t.is(placeCold(others, [], 3).join(''), others.join(''));
});

/** Codes of an item each, or of several, by their numbers. */
const list = (...codes: [number | number[], number][]) =>
  codes.map(([items, score]) => ({ items: [items].flat(), score }));
const itemsOf = (codes: { items: number[] }[]) => codes.map(({ items }) => items.join('+')).join(' ');

test('cold items stand behind all that the beams have found, or in their places', (t) => {
  const [found, own] = [list([1, -1], [2, -2], [3, -3]), list([7, -2], [8, -2.5], [9, -4])];
  t.is(itemsOf(mixCold(found, own, 'behind')), '1 2 3 7 8 9');
  t.is(itemsOf(mixCold(found, own, 5)), '1 7 2 8 3 9');
});

test('by their probability they stand among the others; what the beams have found, too, has both', (t) => {
  const [found, own] = [list([1, -1], [2, -2], [9, -3.9]), list([7, -2], [8, -2.5], [9, -4])];
  const mixed = mixCold(found, own, 'by-probability');
  t.is(itemsOf(mixed), '1 2 7 8 9');
  t.true(Math.abs(Math.exp(mixed[4].score) - Math.exp(-3.9) - Math.exp(-4)) < 1e-12);
  // A code of several items is found once.
  t.is(itemsOf(mixCold(list([[1, 7], -1.5], [2, -1.4]), own, 'by-probability')), '1+7 2 8 9');
});
