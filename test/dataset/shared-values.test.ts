import test from 'ava';
import { createSharedValues } from '../../orchestrator/dataset/source/shared-values.ts';

test('equal lists become one list; lists that only look alike when joined stay apart', (t) => {
  const { list } = createSharedValues();
  const first = list(['Kitchen', 'Tea']);
  t.is(list(['Kitchen', 'Tea']), first);
  t.deepEqual(list(['Kitchen Tea']), ['Kitchen Tea']);
  t.deepEqual(list([]), []);
  t.deepEqual(list(['']), ['']);
});
