import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Dataset } from '../../orchestrator/dataset/types.ts';
import { buildBreakdown, mostSharedDigits, readBreakdown } from '../../orchestrator/evaluation/breakdown.ts';
import { breakdownTables } from '../../orchestrator/evaluation/breakdown-table.ts';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Item 0 was bought six times in training, item 1 once, item 2 never. */
const dataset = {
  items: [{}, {}, {}],
  userIds: ['a', 'b'],
  offsets: Int32Array.of(0, 5, 10),
  events: Int32Array.of(0, 0, 0, 1, 2, 0, 0, 0, 2, 1),
  trainEnd: Int32Array.of(4, 8),
} as unknown as Dataset;

const cases = [
  { user: 0, history: Int32Array.of(0), seen: Int32Array.of(0), target: 0, event: 1 },
  { user: 0, history: Int32Array.of(0, 0, 0, 1), seen: Int32Array.of(0, 0, 0, 1), target: 2, event: 4 },
  { user: 1, history: Int32Array.of(0, 0, 0, 2), seen: Int32Array.of(0, 0, 0, 2), target: 1, event: 9 },
];

const breakdown = () =>
  buildBreakdown({
    cases,
    dataset,
    methods: [
      { name: 'sasrec', ranked: { kept: Int32Array.of(1, 2, 11), removed: Int32Array.of(1, 1, 9) } },
      { name: 'eager-llm', ranked: { kept: Int32Array.of(10, 0, 3), removed: Int32Array.of(9, 0, 2) } },
    ],
    seen: 'kept',
    cutoff: 10,
    sharedDigits: Uint8Array.of(3, 1, 3),
    levels: 3,
  });

test('recall is told by how often the target was bought in training, under both protocols', (t) => {
  const { seen, by_target_frequency } = breakdown();
  t.is(seen, 'kept');
  const row = (label: string, cases: number, kept: (number | null)[], removed: (number | null)[]) => ({
    label,
    cases,
    recall: { sasrec: kept[0], 'eager-llm': kept[1] },
    recall_other: { sasrec: removed[0], 'eager-llm': removed[1] },
  });
  t.deepEqual(by_target_frequency.slice(0, 4), [
    row('0', 1, [1, 0], [1, 0]),
    row('1 to 4', 1, [0, 1], [1, 1]),
    row('5 to 9', 1, [1, 1], [1, 1]),
    row('10 to 19', 0, [null, null], [null, null]),
  ]);
});

test('and by the length of the history; every case stands in one group', (t) => {
  const groups = breakdown().by_history_length;
  t.is(
    groups.reduce((sum, { cases }) => sum + cases, 0),
    cases.length,
  );
  t.like(groups[1], { label: '4 to 5', cases: 2, recall: { sasrec: 0.5, 'eager-llm': 0.5 } });
});

test('digits found fall from the first on', (t) => {
  t.deepEqual(breakdown().digits_found, [1, 2 / 3, 2 / 3]);
});

test('the best fitting beam counts, and only from the first digit on', (t) => {
  t.is(
    mostSharedDigits(
      [4, 5, 6],
      [
        [4, 1, 6],
        [4, 5, 1],
        [1, 5, 6],
      ],
    ),
    2,
  );
  t.is(mostSharedDigits([4, 5, 6], [[4, 5, 6]]), 3);
  t.is(mostSharedDigits([4, 5, 6], []), 0);
});

test('the tables name groups that have cases, and what share each digit keeps', (t) => {
  const text = breakdownTables(breakdown());
  t.regex(text, /\| 1 to 4 +\| +33\.3% \| +0\.0000 \| +1\.0000 \|/);
  t.regex(text, /\| the first 2 +\| +66\.7% \| +66\.7% \|/);
  t.notRegex(text, /10 to 19/);
  const titles = [...text.matchAll(/training interactions, seen items (\w+)/g)].map(([, seen]) => seen);
  t.deepEqual(titles, ['removed', 'kept']);
});

test('an older result has one protocol, and its table does not say which', (t) => {
  const { seen: _, ...older } = breakdown();
  t.is([...breakdownTables(older).matchAll(/training interactions/g)].length, 1);
  t.notRegex(breakdownTables(older), /seen items/);
});

test('a file that is no breakdown is refused with what to do', (t) => {
  const path = join(temporaryFolder(t), 'breakdown.json');
  writeFileSync(path, '{"version": 1, "cutoff": 0}');
  const error = t.throws(() => readBreakdown(path), { instanceOf: UserError }) as UserError;
  t.is(error.code, 'evaluation/broken-breakdown');
  t.regex(error.remedy ?? '', /--from evaluation/);
});
