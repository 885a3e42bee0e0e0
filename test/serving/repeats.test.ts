import test from 'ava';
import { madeOnce } from '../../orchestrator/serving/made-once.ts';
import { learnRepeats } from '../../orchestrator/serving/repeats/learn-repeats.ts';
import { notYetAgain } from '../../orchestrator/serving/repeats/not-yet-again.ts';
import { createItemFields } from '../../orchestrator/serving/rules/item-fields.ts';
import { createRandom } from '../../orchestrator/shared/random.ts';
import { datasetOf, items } from './tiny-shop.ts';

const day = 24 * 3600;
/** Ten coffees, 0 to 9; ten kettles, 10 to 19, of which two are what most people buy. */
const shop = items(20, (item) => ['Kitchen', item < 10 ? 'Coffee' : 'Kettles']);

/** Who buys coffee again mostly takes the same; who buys a kettle again takes any, as everybody does. */
function madeUpLog() {
  const random = createRandom(1, 'repeats');
  const users = Array.from({ length: 60 }, () => {
    const own = random.integer(10);
    return Array.from({ length: 12 }, (_, at) => {
      if (at % 2 === 0) return random.float() < 0.7 ? own : random.integer(10);
      return 10 + (random.float() < 0.6 ? random.integer(2) : random.integer(10));
    });
  });
  // A purchase a week.
  const times = users.map((own) => own.map((_, at) => at * 7 * day));
  return { users, times };
}

function habitsOf(log: ReturnType<typeof datasetOf>) {
  return madeOnce(() => learnRepeats(log, createItemFields(log.items)))();
}

test('coffee is taken again and kettles are not, though many have two of the same', (t) => {
  const { users, times } = madeUpLog();
  const habitOf = habitsOf(datasetOf(shop, users, { times }));
  t.true(habitOf(0).again);
  t.false(habitOf(10).again);
  // Coffee is bought every second week.
  t.like(habitOf(0), { seconds: 14 * day, events: 2 });
});

test('what was just taken is not offered at once, by the time where it is known', (t) => {
  const { users, times } = madeUpLog();
  const habitOf = habitsOf(datasetOf(shop, users, { times }));
  const taken = { items: [0, 1, 12], times: [0, 90 * day, 50 * day] };
  t.deepEqual([...notYetAgain(taken, habitOf, 100 * day)], [1, 12]);
  t.deepEqual([...notYetAgain(taken, habitOf, 200 * day)], [12], 'a kettle never comes again');
});

test('where no time is known, events since then count', (t) => {
  const habitOf = habitsOf(datasetOf(shop, madeUpLog().users));
  t.is(habitOf(0).seconds, null);
  const unknown = { items: [0, 1, 2], times: [null, null, null] };
  t.deepEqual([...notYetAgain(unknown, habitOf, null)], [2]);
  const again = { items: [0, 1, 0], times: [null, null, null] };
  t.deepEqual([...notYetAgain(again, habitOf, null)], [0], 'the latest time counts');
});

test('a category with few purchases counts as the one above it, and a log with few says nothing', (t) => {
  const { users } = madeUpLog();
  const special = shop.map((item, at) => ({
    ...item,
    categories: ['Kitchen', 'Coffee', at < 2 ? 'Rare' : 'Beans'],
  }));
  const coffee = users.map((own) => own.filter((item) => item < 10).slice(0, 4));
  const habitOf = habitsOf(datasetOf(special, coffee));
  t.deepEqual(habitOf(0).again, true);
  t.false(habitsOf(datasetOf(shop, users.slice(0, 2)))(0).again);
});

test('only the training log counts', (t) => {
  const { users } = madeUpLog();
  t.false(habitsOf(datasetOf(shop, users, { heldOut: 11 }))(0).again);
});
