import {
  describeBeams,
  describeCold,
  describeDifference,
  describeProtocol,
  describeSeen,
} from './describe-result.ts';
import { describeWinners } from './describe-winners.ts';
import { formatRange, metricColumns, metricTitle, ownFigures } from './format-figure.ts';
import type { EvaluationResult, Figure, MethodResult } from './result.ts';
import { bothProtocols, figuresUnder, type Seen } from './seen-items.ts';

/**
 * The metrics of all methods for a terminal. First, where a baseline is better than the model, that it is; then, for each
 * protocol, a line of figures a method, its intervals on the line below; then what the figures stand for and
 * how the model compares with the baselines.
 */
export function metricsTable(result: EvaluationResult): string {
  const columns = columnsOf(result);
  const rows = metricsBlocks(result).flatMap(({ seen, rows }, at) => [
    ...(at > 0 ? [['', ...columns.map(() => '')]] : []),
    [seen, ...columns.map(metricTitle)],
    ...rows.flatMap(({ name, metrics }) => [
      [name, ...columns.map((column) => metrics[column].value.toFixed(4))],
      ...(hasIntervals(result) ? [['', ...columns.map((column) => formatRange(metrics[column]))]] : []),
    ]),
  ]);
  const winners = describeWinners(result);
  return [...winners, ...(winners.length > 0 ? [''] : []), alignRows(rows), '', ...metricsNotes(result)].join(
    '\n',
  );
}

/** The same as a Markdown table, an interval behind each figure. */
export function metricsTableMarkdown(result: EvaluationResult): string {
  const columns = columnsOf(result);
  const cell = (figure: Figure) =>
    figure.value.toFixed(4) + (hasIntervals(result) ? ` (${formatRange(figure)})` : '');
  const head = ['seen items', 'method', ...columns.map(metricTitle)];
  const rows = metricsBlocks(result).flatMap(({ seen, rows }) =>
    rows.map(({ name, metrics }) => [seen, name, ...columns.map((column) => cell(metrics[column]))]),
  );
  const winners = describeWinners(result);
  return [
    ...(winners.length > 0 ? [winners.join('  \n'), ''] : []),
    ...markdownRows(head, 2, rows),
    '',
    metricsNotes(result).join('  \n'),
  ].join('\n');
}

/** Older results lack metrics that were added later; metrics of the user's own stand behind. */
export function columnsOf({ protocol, methods }: EvaluationResult): string[] {
  return [...metricColumns(protocol.cutoffs), ...ownFigures(methods[0].metrics)].filter((column) =>
    methods.every(({ metrics }) => column in metrics),
  );
}

export interface MetricsBlock {
  /** What became of the items that the user has seen. */
  seen: Seen;
  rows: { name: string; kind: MethodResult['kind']; metrics: MethodResult['metrics'] }[];
}

/** The figures of all methods by protocol, in the order of both. Older results have one. */
export function metricsBlocks({ methods, protocol }: EvaluationResult): MetricsBlock[] {
  return bothProtocols.flatMap((seen) => {
    const rows = methods.flatMap(({ name, kind, ...figures }) => {
      const metrics = figuresUnder(seen, figures, protocol);
      return metrics ? [{ name, kind, metrics }] : [];
    });
    return rows.length > 0 ? [{ seen, rows }] : [];
  });
}

/** What stands below the table, a line each. */
export function metricsNotes(result: EvaluationResult): string[] {
  return [
    describeProtocol(result),
    ...measurementNotes(result),
    ...result.differences.map((difference) => describeDifference(difference, result.protocol)),
    ...dataNotes(result),
  ];
}

/** How seen and new items were treated, and what generative methods wrote. */
export function measurementNotes(result: EvaluationResult): string[] {
  return [
    ...describeSeen(result),
    ...describeCold(result),
    ...result.methods.map(describeBeams).filter((line) => line !== null),
  ];
}

function hasIntervals({ protocol }: EvaluationResult): boolean {
  return protocol.intervals.samples > 0;
}

/** A table of Markdown; the first `texts` columns are texts, all others figures. */
export function markdownRows(
  head: readonly string[],
  texts: number,
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at < texts ? '---' : '---:'))), ...rows.map(line)];
}

/** Columns of equal width; all but the first end on the right. */
export function alignRows(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  const pad = (text: string, column: number) => {
    const space = ' '.repeat(widths[column] - [...text].length);
    return column === 0 ? text + space : space + text;
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

/** Warnings of the dataset stage, so that readers of the figures do not have to look for them. */
export function dataNotes({ protocol }: EvaluationResult): string[] {
  const notices = protocol.dataset?.notices;
  return Array.isArray(notices) ? notices.map((notice) => `data: ${notice}`) : [];
}
