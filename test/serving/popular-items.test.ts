import test from 'ava';
import { popularItems } from '../../orchestrator/serving/popular/popular-items.ts';
import { searchPopular } from '../../orchestrator/serving/popular/search-popular.ts';
import { items } from './tiny-shop.ts';

const day = 24 * 3600;
const four = items(4);

test('the last four weeks count; what came before orders the rest', (t) => {
  const events = Int32Array.of(0, 0, 0, 1, 2, 2);
  const times = Float64Array.of(1, 2, 3, 80, 99, 100).map((days) => days * day);
  const { order, scores } = popularItems({ items: four, events, times }, 28);
  t.deepEqual([...order], [2, 1, 0, 3]);
  t.true(scores.every((score) => score < 0));
});

test('how many days count is a setting', (t) => {
  const events = Int32Array.of(0, 0, 0, 1, 2, 2);
  const times = Float64Array.of(1, 2, 3, 80, 99, 100).map((days) => days * day);
  const { order } = popularItems({ items: four, events, times }, 100);
  t.deepEqual([...order], [0, 2, 1, 3]);
});

test('without times all of the log counts', (t) => {
  const { order } = popularItems({ items: four, events: Int32Array.of(0, 0, 0, 1, 2, 2) }, 28);
  t.deepEqual([...order], [0, 2, 1, 3]);
});

test('popular items are searched among candidates', async (t) => {
  const search = searchPopular(popularItems({ items: four, events: Int32Array.of(0, 0, 0, 1, 2, 2) }, 28));
  const lists = await search.look([null, { without: new Set([0]) }, { only: new Set([3, 1]) }]);
  t.deepEqual(
    lists.map((list) => list.flatMap((code) => Array.from(code.items))),
    [
      [0, 2, 1, 3],
      [2, 1, 3],
      [1, 3],
    ],
  );
});
