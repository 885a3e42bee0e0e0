import test from 'ava';
import { createBoundedCache } from '../../orchestrator/prompts/bounded-cache.ts';

test('it makes a value once while the key is in use, and never holds more than its capacity', (t) => {
  const cache = createBoundedCache<number, string>(10);
  let made = 0;
  const get = (key: number) =>
    cache.get(key, () => {
      made++;
      return String(key);
    });
  for (let key = 0; key < 1000; key++) {
    t.is(get(-1), '-1');
    t.is(get(key), String(key));
    t.true(cache.size() <= 10);
  }
  t.is(made, 1001);
});

test('the latest half of its capacity is kept', (t) => {
  const cache = createBoundedCache<number, number>(10);
  for (let key = 0; key < 100; key++) cache.get(key, () => key);
  for (let key = 95; key < 100; key++)
    t.is(
      cache.get(key, () => -1),
      key,
    );
});
