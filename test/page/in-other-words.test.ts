import test from 'ava';
import { asSaid, inOtherWords } from '../../page/src/talk/in-other-words.ts';
import type { Part } from '../../page/src/talk/turn.ts';

const part = (kind: Part['kind'], text: string, key = `${kind}:${text}`): Part => ({ key, kind, text });

test('another wish is said with what stands beside it, anything else alone', (t) => {
  const lamp = part('wish', 'lamp');
  const price = part('limit', 'about 20 (15 to 25, a guess)');
  const parts = [
    part('had', 'had: Blue Mug'),
    lamp,
    part('wish', 'rug'),
    part('brand', 'by Hygge'),
    part('without', 'not Moka'),
    { ...part('without', 'not Pets (assumed)'), guessed: true },
    price,
    part('limit', 'cheaper (under 9.5, a guess)'),
    part('limit', 'size L (a guess)', 'limit:guess:size L'),
    { ...part('limit', 'blue'), aside: true },
    part('order', 'cheapest first'),
    part('unknown', 'unknown: foo'),
  ];
  t.is(
    inOtherWords(parts, lamp, 'candles'),
    'candles, rug, by Hygge, not Moka, about 20, under 9.5, cheapest first',
  );
  t.is(inOtherWords(parts, price, 'under 30'), 'under 30');
});

test('what one has is said of the item, also where it only stands for its kind', (t) => {
  t.is(asSaid(part('had', 'had: Blue Mug')), 'I have Blue Mug');
  t.is(asSaid({ ...part('had', 'had: Blue Mug (an example)'), guessed: true }), 'I have Blue Mug');
});
