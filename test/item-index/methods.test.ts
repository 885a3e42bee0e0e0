import test from 'ava';
import { buildItemIndex } from '../../orchestrator/item-index/build-item-index.ts';
import { indexMethods } from '../../orchestrator/item-index/methods/registry.ts';
import { indexMethodNames } from '../../orchestrator/item-index/settings.ts';
import type { IndexMethod } from '../../orchestrator/item-index/types.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { clusteredPoints, distinctCodes, plainOptions } from './fixtures.ts';

/** A way of nobody's: the first digit by the sign of the first number, the others 0. */
const bySign: IndexMethod = async (points, { shape: { height } }) => {
  const codes = new Int32Array(points.rows * height);
  for (let row = 0; row < points.rows; row++)
    codes[row * height] = points.data[row * points.columns] < 0 ? 0 : 1;
  return { levels: height, codes };
};

test('a way of making codes from outside is used as it is: its paths are joined, and items told apart', async (t) => {
  const semantic = clusteredPoints(120, 6, 8, 1);
  const behaviour = clusteredPoints(120, 5, 9, 2);
  const options = {
    ...plainOptions,
    semantic,
    behaviour,
    sources: ['semantic', 'behaviour'] as const,
    digits: { semantic: 1, behaviour: 1 },
  };
  const index = await buildItemIndex(options, silentReporter, undefined, bySign);
  t.is(index.levels, 3);
  t.deepEqual(index.levelSizes.slice(0, 2), [2, 2]);
  t.is(distinctCodes(index, 0, 2), 4);
  t.is(distinctCodes(index), 120);
});

test('items whose digits are the same share their code where that is asked for', async (t) => {
  const options = { ...plainOptions, semantic: clusteredPoints(40, 6, 8, 1), shared_codes: 'kept' as const };
  const index = await buildItemIndex(options, silentReporter, undefined, bySign);
  t.is(distinctCodes(index), 2);
  t.is(
    index.levels,
    (await buildItemIndex({ ...options, shared_codes: 'told-apart' }, silentReporter, undefined, bySign))
      .levels - 1,
  );
});

test('each name that a recipe may give has its way of making codes', (t) => {
  t.deepEqual(Object.keys(indexMethods), [...indexMethodNames]);
});
