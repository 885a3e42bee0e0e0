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

test('by their probability cold items stand among the others, or behind all of them', (t) => {
  const scored = (names: string, scores: number[]) => scores.map((score, at) => ({ name: names[at], score }));
  const [own, new_] = [scored('abc', [-1, -2, -3]), scored('xyz', [-2, -2.5, -4])];
  const names = (list: { name: string }[]) => list.map(({ name }) => name).join('');
  t.is(names(mixCold(own, new_, 'by-probability')), 'abxycz');
  t.is(names(mixCold(own, new_, 'behind')), 'abcxyz');
  t.is(names(mixCold(own, new_, 5)), 'axbycz');
});
