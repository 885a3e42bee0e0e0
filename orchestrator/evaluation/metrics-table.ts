import type { Interval } from './bootstrap.ts';
import { nonOverlapping } from './compare.ts';
import { formatRange, formatSigned, metricColumns, metricTitle } from './format-figure.ts';
import type { EvaluationResult, Figure, MethodResult } from './result.ts';

/**
 * The metrics of all methods for a terminal: a line of figures a method, its intervals on the line below, then what
 * the figures stand for and how the model compares with the baselines.
 */
export function metricsTable(result: EvaluationResult): string {
  const columns = metricColumns(result.protocol.cutoffs);
  const rows = [['', ...columns.map(metricTitle)]];
  for (const { name, metrics } of result.methods) {
    rows.push([name, ...columns.map((column) => metrics[column].value.toFixed(4))]);
    if (hasIntervals(result)) rows.push(['', ...columns.map((column) => formatRange(metrics[column]))]);
  }
  return [alignRows(rows), '', ...notes(result)].join('\n');
}

/** The same as a Markdown table, an interval behind each figure. */
export function metricsTableMarkdown(result: EvaluationResult): string {
  const columns = metricColumns(result.protocol.cutoffs);
  const cell = (figure: Figure) =>
    figure.value.toFixed(4) + (hasIntervals(result) ? ` (${formatRange(figure)})` : '');
  const lines = [
    ['method', ...columns.map(metricTitle)],
    ['---', ...columns.map(() => '---:')],
    ...result.methods.map(({ name, metrics }) => [
      name.replaceAll('|', '\\|'),
      ...columns.map((column) => cell(metrics[column])),
    ]),
  ];
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), '', notes(result).join('  \n')].join('\n');
}

function hasIntervals({ protocol }: EvaluationResult): boolean {
  return protocol.intervals.samples > 0;
}

function alignRows(rows: string[][]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  const pad = (text: string, column: number) => {
    const space = ' '.repeat(widths[column] - [...text].length);
    return column === 0 ? text + space : space + text;
  };
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function notes(result: EvaluationResult): string[] {
  const { protocol, methods, differences } = result;
  const number = (value: number) => value.toLocaleString('en-US');
  const users =
    protocol.users === protocol.users_in_split
      ? `${number(protocol.users)} users`
      : `${number(protocol.users)} of ${number(protocol.users_in_split)} users`;
  const beams = protocol.num_beams === null ? '' : `, ${protocol.num_beams} beams`;
  const intervals = hasIntervals(result)
    ? `; ${Math.round(protocol.intervals.level * 100)}% intervals by bootstrap over users`
    : '';
  const largest = Math.max(...protocol.cutoffs);
  return [
    `${protocol.split} split, ${users}, all ${number(protocol.items)} items ranked, histories of at most ${protocol.history_limit}${protocol.exclude_history ? ' and left out of the lists' : ''}${beams}${intervals}`,
    ...methods.filter(({ beams }) => beams !== null).map(describeBeams),
    ...differences.map((difference) => describeDifference(difference, methods, `recall@${largest}`)),
  ];
}

function describeBeams({ name, beams, coverage, coverage_cutoff }: MethodResult): string {
  // Rounded down, so that only the whole reads as 100%.
  const percent = (value: number) => `${value === 1 ? 100 : (Math.floor(1000 * value) / 10).toFixed(1)}%`;
  const { legal_share, collided_share } = beams!;
  const collided = collided_share > 0 ? `, ${percent(collided_share)} of targets under shared codes` : '';
  return `${name}: ${percent(legal_share)} legal beams, ${percent(coverage)} of the catalogue among the first ${coverage_cutoff}${collided}`;
}

function describeDifference(
  { method, baseline, metrics }: EvaluationResult['differences'][number],
  methods: MethodResult[],
  metric: string,
): string {
  const { value, low, high } = metrics[metric];
  if (low === null || high === null)
    return `${method} minus ${baseline} in ${metric}: ${formatSigned(value)}`;
  const verdict = low > 0 ? 'above' : high < 0 ? 'below' : 'not clearly apart from';
  const [own, other] = [method, baseline].map(
    (name) => methods.find((each) => each.name === name)?.metrics[metric],
  );
  const apart = isInterval(own) && isInterval(other) && nonOverlapping(own, other) ? '; intervals apart' : '';
  return `${method} is ${verdict} ${baseline} in ${metric}: ${formatSigned(value)} (${formatSigned(low)} to ${formatSigned(high)}, paired${apart})`;
}

function isInterval(figure: Figure | undefined): figure is Figure & Interval {
  return figure !== undefined && figure.low !== null && figure.high !== null;
}
