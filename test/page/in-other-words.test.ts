import test from 'ava';
import { inOtherWords } from '../../page/src/talk/in-other-words.ts';
import type { Part } from '../../page/src/talk/turn.ts';

const part = (kind: Part['kind'], text: string, key = `${kind}:${text}`): Part => ({ key, kind, text });

test('another wish is said with what stands beside it, anything else alone', (t) => {
  const lamp = part('wish', 'lamp');
  const price = part('limit', 'about 20 (15 to 25, a guess)');
  const parts = [
    part('had', 'had: Blue Mug'),
    lamp,
    part('wish', 'rug'),
    part('without', 'not Moka'),
    price,
    part('limit', 'cheaper (under 9.5, a guess)'),
    part('limit', 'size L (a guess)', 'limit:guess:size L'),
    part('order', 'cheapest first'),
    part('unknown', 'unknown: foo'),
  ];
  t.is(inOtherWords(parts, lamp, 'candles'), 'candles, rug, not Moka, about 20, under 9.5, cheapest first');
  t.is(inOtherWords(parts, price, 'under 30'), 'under 30');
});
