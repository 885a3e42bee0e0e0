import { verdictOf } from './describe-result.ts';
import { formatShort } from './format-figure.ts';
import { ownRow } from './own-row.ts';
import type { EvaluationResult, Figure } from './result.ts';

/**
 * Said before anything else: which baselines are better than the model in recall at the largest cutoff, the best first.
 * By the paired interval where there is one, otherwise by the figures alone. Empty where there are none.
 */
export function describeWinners({ protocol, methods, differences }: EvaluationResult): string[] {
  const model = ownRow(methods);
  const metric = `recall@${Math.max(...protocol.cutoffs)}`;
  return sides(protocol).flatMap(({ side, seen }) => {
    const own = model[side]?.[metric];
    const winners = methods
      .flatMap(({ name, [side]: figures }) => (figures ? [{ name, ...figures[metric] }] : []))
      .filter(({ name, value }) => {
        const difference = differences.find(({ baseline }) => baseline === name)?.[side]?.[metric];
        return (
          own && (difference ? verdictOf(difference) === 'below' : name !== model.name && value > own.value)
        );
      })
      .sort((a, b) => b.value - a.value);
    if (!own || winners.length === 0) return [];
    const figure = ({ name, value }: { name: string } & Figure) => `${name} ${formatShort(value)}`;
    const sure = differences.length > 0 ? '' : ' (by the figures alone, without a bootstrap)';
    return [
      `Better than ${model.name} in ${metric}${seen}: ${winners.map(figure).join(', ')}; ${figure({ name: model.name, ...own })}${sure}.`,
    ];
  });
}

/** One protocol where both are one, and of older results, which have one of both. */
function sides({ lists_seen, exclude_history }: EvaluationResult['protocol']) {
  if (lists_seen === false) return [{ side: 'metrics', seen: '' }] as const;
  return [
    { side: 'metrics', seen: `, seen items ${exclude_history ? 'removed' : 'kept'}` },
    { side: 'removed', seen: ', seen items removed' },
  ] as const;
}
