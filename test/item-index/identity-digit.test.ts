import test from 'ava';
import { addIdentityDigit } from '../../orchestrator/item-index/make-unique.ts';

const paths = { levels: 2, codes: Int32Array.of(0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0) };

test('with as many digits as items, each item has a last digit of its own', (t) => {
  const { levels, codes } = addIdentityDigit(paths, 6);
  t.is(levels, 3);
  t.is(new Set([2, 5, 8, 11, 14, 17].map((at) => codes[at])).size, 6);
});

test('with fewer digits than items, no two items of one path share a last digit', (t) => {
  for (const digits of [1, 2, 4]) {
    const { codes } = addIdentityDigit(paths, digits);
    const whole = [0, 3, 6, 9, 12, 15].map((at) => codes.slice(at, at + 3).join());
    t.is(new Set(whole).size, 6);
    t.true(Math.max(...[2, 5, 8, 11, 14, 17].map((at) => codes[at])) < Math.max(digits, 3));
  }
});
