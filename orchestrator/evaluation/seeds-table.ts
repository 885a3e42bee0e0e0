import { describeProtocol, describeSeen } from './describe-result.ts';
import { formatP, formatRange, formatShort, formatSigned, metricTitle } from './format-figure.ts';
import { leadingFigure } from './headline.ts';
import { latexTable } from './latex-table.ts';
import { alignRows, columnsOf, markdownRows } from './metrics-table.ts';
import type { Compared, SeedsResult, Spread } from './over-seeds.ts';
import type { EvaluationResult } from './result.ts';
import { bothProtocols } from './seen-items.ts';

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
  const { head, rows } = textTable(result, one);
  return [...markdownRows(head, 2, rows), '', notes(result, one).join('  \n')].join('\n');
}

/** The same for LaTeX. */
export function seedsTableLatex(result: SeedsResult, one: EvaluationResult): string {
  const { head, rows } = textTable(result, one);
  return latexTable(head, 2, rows, notes(result, one));
}

function textTable({ blocks }: SeedsResult, one: EvaluationResult) {
  const columns = columnsOf(one);
  return {
    head: ['seen items', 'method', ...columns.map(metricTitle)],
    rows: blocks.flatMap(({ seen, rows }) =>
      rows.map(({ name, metrics }) => [seen, name, ...columns.map((column) => cell(metrics[column]))]),
    ),
  };
}

/** A mean over fewer says little of the spread. */
const leastSeeds = 3;

function notes({ seeds, blocks, differences }: SeedsResult, one: EvaluationResult): string[] {
  // Intervals are of one run; here the spread is over seeds.
  const protocol = { ...one.protocol, intervals: { ...one.protocol.intervals, samples: 0 } };
  const metric = leadingFigure(protocol.cutoffs);
  const said = ({ mean, deviation, above, ...joint }: Compared) =>
    `${formatSigned(mean)} ± ${formatShort(deviation)} (${[...jointWords(joint), `above in ${above} of ${seeds.length} seeds`].join('; ')})`;
  const joint = blocks.some(({ rows }) => rows.some(({ metrics }) => metrics[metric]?.low != null));
  return [
    `means over seeds ${seeds.join(', ')}, ± the standard deviation (n - 1); ${describeProtocol({ protocol })}`,
    ...(joint
      ? [
          `in brackets ${Math.round(protocol.intervals.level * 100)}% intervals by a bootstrap over seeds and users together; p of a difference from the same, corrected for all ${differences.length > 0 ? 'of these' : 'differences'} (Holm)`,
        ]
      : []),
    ...(seeds.length < leastSeeds
      ? [`a headline needs the mean of at least ${leastSeeds} seeds: these are ${seeds.length}`]
      : []),
    ...describeSeen(one),
    ...differences.map(({ method, baseline, ...by }) => {
      const sides = bothProtocols.flatMap((seen) => {
        const spread = by[seen];
        return spread ? [`${seen}: ${said(spread)}`] : [];
      });
      return `${method} minus ${baseline} in ${metric}, seen items ${sides.join(', and ')}`;
    }),
  ];
}

function jointWords({ low, high, p }: Pick<Compared, 'low' | 'high' | 'p'>): string[] {
  return [
    ...(low === null || high === null ? [] : [`${formatSigned(low)} to ${formatSigned(high)}`]),
    ...(p === null ? [] : [formatP(p)]),
  ];
}

function cell(spread: Spread | undefined): string {
  if (!spread) return '';
  const range = formatRange({ value: spread.mean, ...spread });
  return `${formatShort(spread.mean)} ± ${formatShort(spread.deviation)}${range ? ` (${range})` : ''}`;
}
