import test from 'ava';
import { joinDatasets } from '../../orchestrator/dataset/join-datasets.ts';
import type { Dataset } from '../../orchestrator/dataset/types.ts';

/** Users by id with their items in order; the last two of each are held out. */
function shop(catalogue: string[], users: Record<string, string[]>): Dataset {
  const items = catalogue.map((item_id) => ({
    item_id,
    title: `title of ${item_id}`,
    description: '',
    categories: [],
    brand: '',
    keywords: [],
  }));
  const offsets = Int32Array.of(0, ...Object.values(users).map(({ length }) => length));
  for (let user = 0; user + 1 < offsets.length; user++) offsets[user + 1] += offsets[user];
  const ends = (less: number) => offsets.slice(1).map((end) => end - less);
  return {
    items,
    userIds: Object.keys(users),
    offsets,
    events: Int32Array.from(Object.values(users).flat(), (id) => catalogue.indexOf(id)),
    trainEnd: ends(2),
    validationEnd: ends(1),
    historyLimit: 20,
  };
}

const base = shop(['a', 'b', 'c'], {
  ann: ['a', 'b', 'c', 'a'],
  ben: ['b', 'c', 'b', 'c'],
  old: ['a', 'b', 'c'],
});

test('old items keep their numbers, whatever the order and the gaps of the export; new ones follow', (t) => {
  const { dataset, difference } = joinDatasets(
    base,
    shop(['n', 'c', 'a'], { ann: ['a', 'c', 'n', 'a'], new: ['n', 'n', 'a'] }),
  );
  t.deepEqual(
    dataset.items.map(({ item_id }) => item_id),
    ['a', 'b', 'c', 'n'],
  );
  t.deepEqual([...dataset.events], [0, 2, 3, 0, 3, 3, 0]);
  t.is(dataset.continued.items, 3);
  t.like(difference, { newItems: 1, missingItems: 1, newUsers: 1, missingUsers: 2 });
});

test('new is what comes behind the training events of the earlier run, its held-out ones included', (t) => {
  const later = shop(['a', 'b', 'c'], {
    ann: ['a', 'b', 'c', 'a', 'b'],
    ben: ['b', 'c', 'b', 'c'],
    cho: ['c', 'b', 'a', 'b'],
  });
  const { dataset, difference } = joinDatasets(base, later);
  // Of Ann two events were trained, of Ben too; Cho was not there.
  t.deepEqual([...dataset.continued.learned], [2, 7, 9]);
  t.like(difference, { newEvents: 3, usersWithNews: 2, changedUsers: 0 });
});

test('a log that begins otherwise is new from the first difference on; items that a filter let in are none', (t) => {
  const later = shop(['a', 'b', 'c', 'n'], {
    ann: ['n', 'a', 'n', 'b', 'c', 'a'],
    ben: ['b', 'b', 'c', 'b', 'c'],
  });
  const { dataset, difference } = joinDatasets(base, later);
  t.deepEqual([...dataset.continued.learned], [4, 7]);
  t.is(difference.changedUsers, 1);
});

test('what the export says of an old item replaces what was known, unless it says nothing', (t) => {
  const later = shop(['b', 'a'], { ann: ['a', 'b', 'a', 'b'] });
  later.items[0].title = 'b, now in blue';
  later.items[1].title = '';
  const { items } = joinDatasets(base, later).dataset;
  t.deepEqual(
    items.map(({ title }) => title),
    ['title of a', 'b, now in blue', 'title of c'],
  );
});

test('a product that is no longer exported stays the item it was, though order lines call it by its SKU', (t) => {
  const before = shop(['a', 'b'], { ann: ['a', 'b', 'a', 'a'] });
  before.items[0].description = 'blue';
  const later = shop(['SKU-1', 'b'], { ann: ['SKU-1', 'b', 'SKU-1', 'SKU-1', 'b'] });
  later.items[0].title = 'title of a';
  const { dataset, difference } = joinDatasets(before, later);
  t.deepEqual(dataset.items, before.items);
  t.deepEqual([...dataset.events], [0, 1, 0, 0, 1]);
  t.like(difference, { newItems: 0, missingItems: 0, changedUsers: 0 });
  // Where two items have the title, nobody knows which of them it is.
  before.items[1].title = 'title of a';
  t.is(joinDatasets(before, later).difference.newItems, 1);
  // Its own id says it, and its name alone takes nothing away.
  later.items[0].item_id = 'a';
  t.is(joinDatasets(before, later).dataset.items[0].description, 'blue');
});
