import { isSame, sameForAll } from '../../evaluation/describe-result.ts';
import type { RunDifferences } from '../../evaluation/differences-of-runs.ts';
import { formatP, formatSigned, metricTitle } from '../../evaluation/format-figure.ts';
import type { JointFigure } from '../../evaluation/seeds-and-users.ts';
import { bothProtocols } from '../../evaluation/seen-items.ts';
import { formatTable } from './table.ts';

/** Each run minus the first, a row each, by protocol and figure. */
export function describeRunDifferences({ metrics, differences }: RunDifferences): string {
  const columns = bothProtocols
    .filter((seen) => differences.some(({ by }) => by[seen]))
    .flatMap((seen) => metrics.map((metric) => ({ seen, metric })));
  const rows = differences.map(({ run, by }) => [
    run,
    ...columns.map(({ seen, metric }) => cell(by[seen]?.[metric])),
  ]);
  const head = columns.map(({ seen, metric }) => `${metricTitle(metric)}, seen ${seen}`);
  return [
    formatTable([`minus ${differences[0].minus}`, ...head], rows),
    'Paired by user; in brackets the interval over users. Where it holds 0, the two are not clearly apart. p is corrected for the rows (Holm).',
  ].join('\n');
}

function cell(figure: JointFigure | undefined): string {
  if (!figure) return '–';
  if (isSame(figure)) return sameForAll;
  const { value, low, high, p } = figure;
  const range = low === null || high === null ? '' : ` (${formatSigned(low)} to ${formatSigned(high)})`;
  return `${formatSigned(value)}${range}, ${formatP(p)}`;
}
