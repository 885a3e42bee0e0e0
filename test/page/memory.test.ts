import test from 'ava';
import {
  addToHistory,
  customer,
  dislike,
  done,
  forget,
  history,
  isBegun,
  joinHistory,
  known,
  leftOut,
  like,
  removed,
  startAs,
  takeAway,
  turns,
  undoably,
} from '../../page/src/talk/memory.ts';
import type { Turn } from '../../page/src/talk/turn.ts';

const item = (id: string) => ({ item_id: id, title: `Item ${id}` });
const ids = () => history.value.map(({ item_id }) => item_id);
const third = { name: 'Customer 3', taste: 'Tea', history: [item('a'), item('b')] };

test.serial(
  'whose history it is stays true: a customer while something of theirs is left, else oneself',
  (t) => {
    t.false(isBegun.value);
    // What was added in another view is not replaced by a customer's history.
    undoably('Added', () => addToHistory(item('own')));
    t.true(isBegun.value);
    done.value?.undo();
    t.false(isBegun.value);
    startAs(third);
    t.true(isBegun.value);
    addToHistory(item('c'));
    t.is(customer.value?.name, 'Customer 3');
    forget(item('a'));
    forget(item('b'));
    t.is(customer.value, null);
    t.deepEqual(ids(), ['c']);
    startAs(null);
    t.is(customer.value, null);
    // Who chose to be somebody new is not made a customer again.
    t.true(isBegun.value);
  },
);

test.serial('what is bought again stands there again, and is undone as a whole', (t) => {
  startAs(third);
  undoably('Bought', () => addToHistory(item('a')));
  t.deepEqual(ids(), ['a', 'b', 'a']);
  t.is(done.value?.said, 'Bought');
  undoably('Forgotten', () => forget(item('a')));
  t.deepEqual(ids(), ['b']);
  done.value?.undo();
  t.deepEqual(ids(), ['a', 'b', 'a']);
  like(item('a'));
  t.deepEqual(ids(), ['a', 'b', 'a']);
  t.is(known.value.length, 3);
  dislike(item('b'));
  undoably('Started over', () => startAs(null));
  t.deepEqual(ids(), []);
  done.value?.undo();
  t.deepEqual(ids(), ['a', 'a']);
  t.is(customer.value?.name, 'Customer 3');
});

test.serial('what is only liked is left out of lists, as what is disliked', (t) => {
  startAs({ ...third });
  like(item('a'));
  like(item('c'));
  dislike(item('d'));
  t.deepEqual(leftOut.value, ['d', 'c']);
});

test.serial('what is bought or forgotten while an answer is written stays so', (t) => {
  startAs({ ...third, history: [item('a'), item('b'), item('a')] });
  const asked = history.value;
  addToHistory(item('bought'));
  forget(item('b'));
  like(item('a'));
  const understood = { intent: { had: ['named', 'b'] } } as unknown as Turn['understood'];
  // The server keeps one copy of what is liked, and knows nothing of what came later.
  joinHistory({ from: ['b', 'named', 'a', 'shown'].map(item), understood }, asked);
  t.deepEqual(ids(), ['a', 'a', 'bought', 'named']);
});

test.serial('what only stands for its kind is not had', (t) => {
  startAs(null);
  const understood = { intent: { had: ['a', 'b'], examples: ['b'] } } as unknown as Turn['understood'];
  joinHistory({ from: ['a', 'b'].map(item), understood }, []);
  t.deepEqual(ids(), ['a']);
});

test.serial(
  'what is forgotten is taken away from what was said so far, and not from what is said later',
  (t) => {
    startAs(null);
    const turn = (id: number, ...had: string[]) =>
      ({ id, understood: { intent: { had } } }) as unknown as Turn;
    addToHistory(item('a'));
    turns.value = [turn(1, 'a'), turn(2, 'a'), turn(3)];
    forget(item('a'));
    t.deepEqual(removed.value, [{ key: 'had:a', turn: 3 }]);
    takeAway({ key: 'had:a', turn: 4 });
    t.is(removed.value.length, 2);
    startAs(null);
    t.deepEqual(removed.value, []);
  },
);
