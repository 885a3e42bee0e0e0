import test from 'ava';
import { countOfEqual } from '../../orchestrator/dataset/count-of-equal.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';

const count = (texts: readonly string[]) => countOfEqual(texts, (text) => text);

test('values with the text of another one are counted, all of them', (t) => {
  t.is(count([]), 0);
  t.is(count(['a']), 0);
  t.is(count(['a', 'b', 'a', 'c', 'b', 'a']), 5);
});

test('texts of one hash are not taken for equal', (t) => {
  // Known to collide under FNV-1a of 32 bits.
  t.is(count(['costarring', 'liquid']), 0);
  t.is(count(['costarring', 'liquid', 'liquid']), 2);
});

test('it is what comparing each with each says', (t) => {
  const random = createRandom(1, 'equal texts');
  const texts = Array.from({ length: 500 }, () => `text ${random.integer(400)}`);
  const expected = texts.filter((text, at) => texts.some((other, place) => place !== at && other === text));
  t.is(count(texts), expected.length);
});
