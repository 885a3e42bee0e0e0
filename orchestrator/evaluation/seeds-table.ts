import { describeProtocol, describeSeen, neverListsSeen } from './describe-result.ts';
import { formatShort, formatSigned, metricTitle } from './format-figure.ts';
import { leadingFigure } from './headline.ts';
import { alignRows, columnsOf, markdownRows } from './metrics-table.ts';
import type { SeedsResult, Spread } from './over-seeds.ts';
import type { EvaluationResult } from './result.ts';

/** Means over seeds for a terminal; `one` is any of the results, whose protocol all share. */
export function seedsTable(result: SeedsResult, one: EvaluationResult): string {
  const columns = columnsOf(one);
  const rows = result.blocks.flatMap(({ seen, rows }, at) => [
    ...(at > 0 ? [['', ...columns.map(() => '')]] : []),
    [seen, ...columns.map(metricTitle)],
    ...rows.map(({ name, metrics }) => [name, ...columns.map((column) => cell(metrics[column]))]),
  ]);
  return [alignRows(rows), '', ...notes(result, one)].join('\n');
}

/** The same as a Markdown table. */
export function seedsTableMarkdown(result: SeedsResult, one: EvaluationResult): string {
  const columns = columnsOf(one);
  const rows = result.blocks.flatMap(({ seen, rows }) =>
    rows.map(({ name, metrics }) => [seen, name, ...columns.map((column) => cell(metrics[column]))]),
  );
  const head = ['seen items', 'method', ...columns.map(metricTitle)];
  return [...markdownRows(head, 2, rows), '', notes(result, one).join('  \n')].join('\n');
}

function notes({ seeds, differences }: SeedsResult, one: EvaluationResult): string[] {
  // Intervals are of one run; here the spread is over seeds.
  const protocol = { ...one.protocol, intervals: { ...one.protocol.intervals, samples: 0 } };
  const metric = leadingFigure(protocol.cutoffs);
  const said = (spread: Spread & { above: number }) =>
    `${formatSigned(spread.mean)} ± ${formatShort(spread.deviation)} (above in ${spread.above} of ${seeds.length} seeds)`;
  return [
    `means over seeds ${seeds.join(', ')}, ± the standard deviation (n - 1); ${describeProtocol({ protocol })}`,
    ...describeSeen(one),
    ...differences.map(({ method, baseline, kept, removed }) =>
      neverListsSeen(protocol)
        ? `${method} minus ${baseline} in ${metric}: ${said(kept)}`
        : `${method} minus ${baseline} in ${metric}, seen items kept: ${said(kept)}${removed ? `, and removed: ${said(removed)}` : ''}`,
    ),
  ];
}

function cell(spread: Spread | undefined): string {
  return spread ? `${formatShort(spread.mean)} ± ${formatShort(spread.deviation)}` : '';
}
