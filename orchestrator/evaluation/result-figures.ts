import type { Figures } from '../shared/reporter.ts';
import { ownFigures } from './format-figure.ts';
import { titledMetrics } from './metrics.ts';
import { ownRow } from './own-row.ts';
import { metricNames } from './ranking-metrics.ts';
import type { EvaluationResult } from './result.ts';
import { bothProtocols, figuresUnder } from './seen-items.ts';

/** The model's own, for lists of runs: all by the recipe's protocol; those with a title, at the largest cutoff, by both. */
export function resultFigures({ protocol, methods }: EvaluationResult): Figures {
  const model = ownRow(methods);
  const { metrics, beams } = model;
  const rounded = ({ value }: { value: number }) => Number(value.toFixed(4));
  const largest = Math.max(...protocol.cutoffs);
  return {
    users: protocol.users,
    ...(protocol.targets === protocol.users ? {} : { targets: protocol.targets ?? 0 }),
    ...Object.fromEntries(Object.entries(metrics).map(([name, figure]) => [name, rounded(figure)])),
    ...Object.fromEntries(
      bothProtocols.flatMap((seen) => {
        const figures = figuresUnder(seen, model, protocol);
        const names = figures ? [...metricNames([largest], titledMetrics), ...ownFigures(metrics)] : [];
        return names.map((name) => [`${name}, seen ${seen}`, rounded(figures![name])]);
      }),
    ),
    ...(beams ? { 'share of legal beams': beams.legal_share } : {}),
  };
}
