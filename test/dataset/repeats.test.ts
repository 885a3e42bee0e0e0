import test from 'ava';
import { shareOfRepeats, takesItemsAgain } from '../../orchestrator/dataset/repeats.ts';

/** Users whose sequences end in two held-out items each. */
function logOf(sequences: readonly number[][], historyLimit = 20) {
  const offsets = Int32Array.of(0, ...sequences.map(({ length }) => length)).map(
    ((sum) => (length) => {
      sum += length;
      return sum;
    })(0),
  );
  const trainEnd = Int32Array.from(sequences, (_, user) => offsets[user + 1] - 2);
  return { offsets, trainEnd, events: Int32Array.from(sequences.flat()), historyLimit };
}

test('a repeat is a training event whose item stands in the history before it', (t) => {
  t.is(shareOfRepeats(logOf([[1, 2, 1, 3, 8, 9]])), 1 / 3);
  t.is(shareOfRepeats(logOf([[1, 2, 3, 4, 1, 2]])), 0, 'held-out events are not looked at');
  t.is(shareOfRepeats(logOf([[1, 2, 3, 1, 8, 9]], 2)), 0, 'nor what the history limit cuts off');
  t.is(shareOfRepeats(logOf([[1, 2]])), 0, 'nothing was asked');
});

const upTo = (count: number) => Array.from({ length: count }, (_, item) => item);

test('a slip in a thousand events makes no log of repeats', (t) => {
  const people = (again: number) => logOf([upTo(1200), ...new Array(again).fill([0, 0, 1, 2])]);
  t.false(takesItemsAgain(people(1)));
  t.true(takesItemsAgain(people(2)));
});

test('who comes back after more than the history limit comes back', (t) => {
  const log = logOf([[...upTo(1200), 0, 1, 0, 0]], 20);
  t.is(shareOfRepeats(log), 0);
  t.true(takesItemsAgain(log));
});

test('a log too short to tell counts as one where people take items again', (t) => {
  t.true(takesItemsAgain(logOf([upTo(900)])));
  t.false(takesItemsAgain(logOf([upTo(1100)])));
  t.true(takesItemsAgain(logOf([[1, 2]])));
});
