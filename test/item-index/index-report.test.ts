import test from 'ava';
import { indexReport } from '../../orchestrator/item-index/index-report.ts';
import { withLevelSizes } from '../../orchestrator/item-index/paths.ts';

test('the report of a small index equals figures worked out by hand', (t) => {
  // Six items; 2 and 3 share (0 1), 5 stands alone under 3.
  const codes = Int32Array.of(0, 0, 0, 2, 0, 1, 0, 1, 1, 0, 3, 2);
  const report = indexReport(withLevelSizes({ levels: 2, codes }));
  t.is(report.items, 6);
  t.is(report.distinct_codes, 5);
  t.is(report.collision_rate, 1 / 6);
  t.is(report.colliding_items, 2);
  t.is(report.largest_group, 2);
  t.deepEqual(report.largest_group_items, [2, 3]);

  const [first, second] = report.by_level;
  t.deepEqual([first.level, first.size, first.used], ['a', 4, 3]);
  const entropy = -(4 / 6) * Math.log2(4 / 6) - 2 * (1 / 6) * Math.log2(1 / 6);
  t.true(Math.abs(first.entropy - entropy) < 1e-12);
  t.true(Math.abs(first.use - 2 ** entropy / 4) < 1e-12);
  t.is(first.forced, 0);
  t.deepEqual([second.level, second.size, second.used], ['b', 3, 3]);
  t.true(Math.abs(second.entropy - Math.log2(3)) < 1e-12);
  t.true(Math.abs(second.use - 1) < 1e-12);
  t.is(second.forced, 2 / 6);

  t.deepEqual(report.by_prefix, [
    { depth: 1, prefixes: 3, smallest: 1, median: 1, mean: 2, largest: 4 },
    { depth: 2, prefixes: 5, smallest: 1, median: 1, mean: 6 / 5, largest: 2 },
  ]);
});

test('one item has a report without collisions', (t) => {
  const report = indexReport({ levels: 1, levelSizes: [1], codes: Int32Array.of(0) });
  t.is(report.collision_rate, 0);
  t.is(report.largest_group, 1);
  t.deepEqual(report.largest_group_items, []);
  t.is(report.by_level[0].entropy, 0);
  t.is(report.by_level[0].forced, 1);
});
