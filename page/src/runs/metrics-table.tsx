import { metricColumns } from '../../../orchestrator/evaluation/format-figure.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';
import { type Scale, scaleOf } from '../parts/interval.tsx';
import { FigureTable } from './figure-table.tsx';

/** Every method with its figures and their intervals, each column on a scale of its own. */
export function MetricsTable({ evaluation }: { evaluation: EvaluationResult }) {
  const { methods, protocol, differences } = evaluation;
  const columns = metricColumns(protocol.cutoffs);
  const scales: Scale[] = columns.map((column) => scaleOf(methods.map(({ metrics }) => metrics[column])));
  return (
    <section class="card metrics" aria-labelledby="metrics-title">
      <h2 id="metrics-title">Metrics</h2>
      <FigureTable
        label="Table of metrics"
        what="method"
        columns={columns}
        scales={scales}
        rows={methods.map(({ name, kind, metrics }) => ({ name, own: kind === 'generative', metrics }))}
      />
      <p class="hint">
        {protocol.split} split, {protocol.users.toLocaleString('en-US')} users, all{' '}
        {protocol.items.toLocaleString('en-US')} items ranked
        {protocol.num_beams === null ? '' : `, ${protocol.num_beams} beams`};{' '}
        {Math.round(protocol.intervals.level * 100)}% intervals by bootstrap over users
      </p>
      <ul class="differences">
        {differences.map(({ method, baseline, metrics }) => (
          <li key={`${method} ${baseline}`}>{describe(method, baseline, columns, metrics)}</li>
        ))}
      </ul>
    </section>
  );
}

type Metrics = EvaluationResult['differences'][number]['metrics'];

function describe(method: string, baseline: string, columns: string[], metrics: Metrics): string {
  const column = columns.filter((name) => name.startsWith('recall')).at(-1)!;
  const { value, low, high } = metrics[column];
  const signed = (figure: number) => `${figure < 0 ? '−' : '+'}${Math.abs(figure).toFixed(4)}`;
  if (low === null || high === null) return `${method} minus ${baseline} in ${column}: ${signed(value)}`;
  const verdict = low > 0 ? 'above' : high < 0 ? 'below' : 'not clearly apart from';
  return `${method} is ${verdict} ${baseline} in ${column}: ${signed(value)} (${signed(low)} to ${signed(high)}, paired)`;
}
