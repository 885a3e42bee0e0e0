import test from 'ava';
import { describeRunDifferences } from '../../orchestrator/cli/format/run-differences.ts';

const figure = (value: number, low: number, high: number) => ({ value, low, high, p: 0.5 });
const told = (value: number, low: number, high: number) =>
  describeRunDifferences({
    metrics: ['recall@10'],
    differences: [{ run: 'b', minus: 'a', by: { removed: { 'recall@10': figure(value, low, high) } } }],
  } as unknown as Parameters<typeof describeRunDifferences>[0]);

test('runs without any difference are said to be the same, others have an interval and p', (t) => {
  t.regex(told(0, 0, 0), /^b +the same for every user$/m);
  t.regex(told(0, -0.01, 0.01), /^b +\+\.0000 \(−\.0100 to \+\.0100\), p = \.500$/m);
});
