import test from 'ava';
import { createRelatedItems } from '../../orchestrator/serving/related/related-items.ts';
import { createItemFields } from '../../orchestrator/serving/rules/item-fields.ts';
import { createWhere } from '../../orchestrator/serving/rules/where.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { datasetOf, items } from './tiny-shop.ts';

const shop = items(5, (item) => [item < 3 ? 'Coffee' : 'Kettles']);
// What is held out does not count: nobody took 4 with 0.
const dataset = datasetOf(
  shop,
  [
    [0, 1, 1, 2],
    [0, 1, 3, 2],
    [0, 3, 4],
    [2, 1, 0],
    [1, 2, 2],
  ],
  { heldOut: 1 },
);
const related = createRelatedItems({
  dataset,
  embeddings: {
    semantic: createMatrix(5, 2, Float32Array.of(1, 0, 2, 0, 1, 1, 0, 3, 0, 0)),
    behaviour: createMatrix(5, 2, Float32Array.of(1, 0, 0, 1, 1, 0, 1, 0, -1, 0)),
  },
  itemsWhere: createWhere(createItemFields(shop)),
  unavailable: () => gone,
});
let gone = new Set<number>();
const shown = (data: { item_id: string; similarity: number }[]) =>
  data.map(({ item_id, similarity }) => [item_id, Number(similarity.toFixed(2))]);

test.serial('similar items are the nearest by cosine, whatever the lengths of the vectors', async (t) => {
  const by = async (way: 'text' | 'behaviour' | 'both') =>
    shown((await related.similar('i0', { by: way, k: 10 })).data);
  t.deepEqual(await by('text'), [
    ['i1', 1],
    ['i2', 0.71],
    ['i3', 0],
    ['i4', 0],
  ]);
  t.deepEqual(await by('behaviour'), [
    ['i2', 1],
    ['i3', 1],
    ['i1', 0],
    ['i4', -1],
  ]);
  t.deepEqual((await by('both')).slice(0, 2), [
    ['i2', 0.85],
    ['i1', 0.5],
  ]);
});

test.serial('bought together: users of the training log who took both', async (t) => {
  const { data } = await related.together('i0', { k: 10 });
  t.deepEqual(
    data.map(({ item_id, users }) => [item_id, users]),
    [
      ['i3', 2],
      ['i1', 2],
    ],
  );
  t.deepEqual(shown(data), [
    ['i3', Number((2 / Math.sqrt(3 * 2)).toFixed(2))],
    ['i1', Number((2 / Math.sqrt(3 * 4)).toFixed(2))],
  ]);
});

test.serial('a bestseller that everybody takes stands behind what goes with an item', async (t) => {
  // Of 100 users 90 take 4, whatever else they take; 1 is taken by ten, six of whom take 0 as well.
  const log = Array.from({ length: 100 }, (_, user) => [
    ...(user < 20 ? [0] : []),
    ...(user < 6 || (user >= 20 && user < 24) ? [1] : []),
    ...(user < 90 ? [4] : [3]),
    2,
  ]);
  const beside = createRelatedItems({
    dataset: datasetOf(shop, log),
    embeddings: null,
    itemsWhere: createWhere(createItemFields(shop)),
    unavailable: () => new Set(),
  });
  const { data } = await beside.together('i0', { k: 10 });
  t.deepEqual(
    data.map(({ item_id, users, lift }) => [item_id, users, Number(lift.toFixed(2))]),
    [
      ['i1', 6, 3],
      ['i4', 20, 1.11],
      ['i2', 20, 1],
    ],
  );
});

test.serial('conditions hold, and what is not available is left out', async (t) => {
  gone = new Set([1]);
  t.deepEqual(shown((await related.similar('i0', { by: 'text', k: 1 })).data), [['i2', 0.71]]);
  gone = new Set();
  const { data } = await related.together('i0', { k: 10, where: { category: 'kettles' } });
  t.deepEqual(
    data.map(({ item_id }) => item_id),
    ['i3'],
  );
  const none = await related.similar('i0', { by: 'both', k: 10, where: { brand: 'none' } });
  t.deepEqual([none.data, none.notes], [[], ['no item fulfils the conditions of where']]);
});

test.serial('an id that the catalogue lacks is an error', async (t) => {
  await t.throwsAsync(related.similar('Thing 0', { by: 'both', k: 1 }), { code: 'serving/no-such-item' });
  await t.throwsAsync(related.together('i9', { k: 1 }), { code: 'serving/no-such-item' });
});
