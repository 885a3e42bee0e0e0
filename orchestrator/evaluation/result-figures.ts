import type { Figures } from '../shared/reporter.ts';
import { ownFigures } from './format-figure.ts';
import { rankingMetricList } from './metrics.ts';
import { metricNames } from './ranking-metrics.ts';
import type { EvaluationResult } from './result.ts';

const titled = rankingMetricList.filter(({ title }) => title !== undefined);

/** The model's own, for lists of runs: all with seen items kept, those with a title, at the largest cutoff, with seen items removed. */
export function resultFigures({ protocol, methods }: EvaluationResult): Figures {
  const { metrics, removed, beams } = methods[methods.length - 1];
  const rounded = ({ value }: { value: number }) => Number(value.toFixed(4));
  const largest = Math.max(...protocol.cutoffs);
  return {
    users: protocol.users,
    ...(protocol.targets === protocol.users ? {} : { targets: protocol.targets ?? 0 }),
    ...Object.fromEntries(Object.entries(metrics).map(([name, figure]) => [name, rounded(figure)])),
    ...(removed
      ? Object.fromEntries(
          [...metricNames([largest], titled), ...ownFigures(metrics)].map((name) => [
            `${name}, seen removed`,
            rounded(removed[name]),
          ]),
        )
      : {}),
    ...(beams ? { 'share of legal beams': beams.legal_share } : {}),
  };
}
