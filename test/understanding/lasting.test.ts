import test from 'ava';
import { withoutParts } from '../../orchestrator/understanding/index.ts';
import { read, wishesOf, withoutOf } from './garden-shop.ts';

const [zincless, clayless] = ['pots without zinc', 'no clay, I am allergic'];

test('what somebody does not bear is ruled out whatever is asked for next', (t) => {
  for (const text of [
    'no clay, I am allergic',
    'pots without clay, my wife is allergic to it',
    'pots, no clay as she gets ill from it',
    'pots. My husband hates clay',
    "pots but I can't stand clay",
    'pots, clay makes me sneeze',
    'pots please. I get a headache from clay',
    'he gets hives from clay, so a pot without it',
    'never any clay',
    'pots without clay, we are vegan',
  ]) {
    t.deepEqual(withoutOf(text, 'a guitar'), ['clay'], text);
    t.deepEqual(withoutOf(text, 'a guitar', 'is it in stock?', 'forget that, a spade'), ['clay'], text);
  }
  t.deepEqual(withoutOf('I never buy Terra', 'a guitar', 'seeds'), ['Terra']);
  t.deepEqual(withoutOf('pots -> P1 P2', clayless, 'a spade -> T2', 'back to the first list'), ['clay']);
});

test('what was ruled out of a wish alone stays where something of the next would be of it', (t) => {
  t.deepEqual(withoutOf('pots without zinc', 'seeds'), []);
  t.deepEqual(withoutOf('seeds without sunflower', 'bird food'), ['sunflower']);
  t.deepEqual(withoutOf('pots, nothing from Terra', 'a watering can'), ['Terra']);
  t.deepEqual(withoutOf('pots, nothing from Terra', 'a guitar'), []);
  t.deepEqual(withoutOf('pots -> P1 P2', 'not the first one', 'seeds'), []);
  // Seeds say "without pesticides", so that they are asked for in these words.
  t.deepEqual(wishesOf('seeds without pesticides', 'pots', 'seeds'), ['Garden > Seeds']);
  t.deepEqual(wishesOf('seeds, no pesticides, I am allergic', 'pots', 'seeds'), [
    'Garden > Seeds + without pesticides',
  ]);
});

test('why something is ruled out is no wish, and told in a turn of its own it holds of what was ruled out', (t) => {
  t.deepEqual(wishesOf(clayless), []);
  t.deepEqual(wishesOf('my son is allergic to clay'), []);
  t.deepEqual(read('pots but no clay, it makes me sneeze').unknown, []);
  t.deepEqual(wishesOf('pots, no clay, he is badly allergic'), ['Garden > Pots']);
  t.deepEqual(wishesOf('something for my dog but not a ball, he is allergic to it'), ['Pets > Dogs']);
  t.deepEqual(withoutOf('guitars -> G1 G2', 'toys for my dog but no ball, he is allergic to it')[0], 'ball');
  t.deepEqual(withoutOf(zincless, 'she is allergic', 'seeds'), ['zinc']);
  t.deepEqual(wishesOf(zincless, 'she is allergic'), ['Garden > Pots']);
});

test('it is taken back by words, by its chip, or with all that was said', (t) => {
  t.deepEqual(withoutOf(clayless, 'seeds', 'clay is fine after all'), []);
  t.deepEqual(wishesOf(clayless, 'seeds', 'clay is fine after all'), ['Garden > Seeds']);
  t.deepEqual(wishesOf(clayless, 'pots, clay is ok now'), ['Garden > Pots']);
  t.deepEqual(withoutOf(clayless, 'a clay pot'), []);
  t.deepEqual(withoutOf(clayless, 'pots, she is not allergic to clay any more'), []);
  t.deepEqual(withoutOf('we have no allergies, seeds', 'we are not vegan'), []);
  t.deepEqual(withoutOf('pots, no vegan clay'), ['vegan clay']);
  t.deepEqual(withoutParts(read(clayless, 'seeds'), ['without:clay']).without, []);
  for (const text of ['forget everything', 'start over, seeds', 'reset'])
    t.deepEqual(withoutOf(clayless, text), [], text);
});

test('limits that fall with a wish are told', (t) => {
  t.deepEqual(read('pots under 20', 'a spade').no_longer, ['up to 20']);
  t.is(read('pots under 20', 'a spade', 'from Terra').no_longer, undefined);
  t.is(read('pots under 20', 'a spade under 30').no_longer, undefined);
  t.is(read('pots under 20', 'start over, a spade').no_longer, undefined);
  t.is(read('guitars -> G1 G2 G3', 'cheaper', 'a spade').no_longer, undefined);
});
