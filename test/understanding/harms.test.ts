import test from 'ava';
import { wishesOf, withoutOf } from './garden-shop.ts';

const leavesOut = test.macro<[text: string, wishes: string[], without: string[]]>({
  exec(t, text, wishes, without) {
    t.deepEqual(withoutOf(text), without);
    t.deepEqual(wishesOf(text), wishes);
  },
  title: (_, text, __, without) => `"${text}" leaves out ${without.join(' and ')}`,
});

// Something bad that comes from a thing rules it out, whether that stands before or behind it.
test(leavesOut, 'I get a headache from any basil. Seeds, please', ['Garden > Seeds'], ['basil']);
test(
  leavesOut,
  'I start sneezing as soon as I smell tomato, so I need seeds',
  ['Garden > Seeds'],
  ['tomato'],
);
test(leavesOut, 'I got a rash after the last pack with basil. Seeds, please', ['Garden > Seeds'], ['basil']);
test(leavesOut, 'Basil makes my skin itch. Seeds, please', ['Garden > Seeds'], ['basil']);
test(leavesOut, 'Tomato always gives us hives, so please seeds', ['Garden > Seeds'], ['tomato']);
// What follows may point back at it.
test(leavesOut, "I can't live near basil, it makes me sick. I want seeds", ['Garden > Seeds'], ['basil']);
test(leavesOut, 'I vomit every time I eat basil, so please seeds without it', ['Garden > Seeds'], ['basil']);
test(
  leavesOut,
  'I get hives from basil, so definitely none of that. Maybe seeds?',
  ['Garden > Seeds'],
  ['basil'],
);

test('what a word behind a negation points at is the thing that was told of, and nothing that is asked for', (t) => {
  const seeds = 'I need seeds, my tools always crush tomato so not those';
  t.deepEqual(withoutOf(seeds), ['tomato']);
  t.deepEqual(wishesOf(seeds), ['Garden > Seeds']);
});

test('what somebody does or where somebody is does no harm', (t) => {
  t.deepEqual(withoutOf('I get headaches from shouting. A pot please'), []);
  t.deepEqual(withoutOf('I get headaches when I sit on the terrace. A pot please'), []);
});
