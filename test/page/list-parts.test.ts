import test from 'ava';
import { partsOf, shownOf } from '../../page/src/talk/list-parts.ts';
import { soldOutNote } from '../../page/src/talk/sold-out-note.ts';
import type { Turn } from '../../page/src/talk/turn.ts';

const item = (id: string, stock = 3) => ({ item_id: id, attributes: { stock } });
const ids = (items: readonly { item_id: string }[]) => items.map(({ item_id }) => item_id).join(' ');

test('what one has stands behind what is new, and what is sold out behind both, where there is room', (t) => {
  const list = [item('had'), item('a'), item('gone', 0), item('b'), item('c'), item('had, gone', 0)];
  const had = ['had', 'had, gone', 'had'];
  t.is(ids(shownOf(list, had, 3)), 'a b c had');
  t.is(ids(shownOf(list, had, 4)), 'a b c had gone');
  const { fresh, again, soldOut } = partsOf(shownOf(list, had, 4), had);
  t.deepEqual([fresh, again, soldOut].map(ids), ['a b c', 'had', 'gone']);
});

test('what one has and what is far down is not likely next', (t) => {
  const owned = ['1', '2', '3', '4', '5', '6'];
  const list = [...['1', 'a', '2', '3', '4', '5', 'b', '6'].map((id) => item(id))];
  t.is(ids(shownOf(list, owned, 2)), 'a b 1 2 3 4');
  t.is(ids(shownOf([...['a', 'b', 'c', 'd', 'e', 'f', '1'].map((id) => item(id))], owned, 2)), 'a b');
});

test('what is said of things sold out is true of where they stand', (t) => {
  const note = (question: string | null, ...stocks: number[]) =>
    soldOutNote({
      question,
      items: stocks.map((stock, at) => item(`${at}`, stock)) as unknown as Turn['items'],
    });
  t.is(note('tea', 3, 2, 0), 'One of these is sold out and stands behind what is in stock.');
  // Behind the second are things that do not match.
  t.is(
    note('tea', 3, 0, 4, 0),
    '2 of these are sold out and stand behind what fits as well and is in stock.',
  );
  t.is(note('tea', 3, 2), null);
  t.is(note(null, 3, 0), null);
});
