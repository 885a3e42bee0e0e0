import { verdictOf } from './describe-result.ts';
import { formatShort } from './format-figure.ts';
import { ownRow } from './own-row.ts';
import type { EvaluationResult, Figure } from './result.ts';
import { type BothFigures, bothProtocols, figuresUnder } from './seen-items.ts';

/**
 * Said before anything else: which baselines are better than the model in recall at the largest cutoff, the best first.
 * By the paired interval where there is one, otherwise by the figures alone. Empty where there are none.
 */
export function describeWinners({ protocol, methods, differences }: EvaluationResult): string[] {
  const model = ownRow(methods);
  const metric = `recall@${Math.max(...protocol.cutoffs)}`;
  return bothProtocols.flatMap((seen) => {
    const of = (figures: BothFigures) => figuresUnder(seen, figures, protocol)?.[metric];
    const own = of(model);
    const winners = methods
      .flatMap((method) => {
        const figure = of(method);
        return figure ? [{ name: method.name, ...figure }] : [];
      })
      .filter(({ name, value }) => {
        const paired = differences.find(({ baseline }) => baseline === name);
        const difference = paired && of(paired);
        return (
          own && (difference ? verdictOf(difference) === 'below' : name !== model.name && value > own.value)
        );
      })
      .sort((a, b) => b.value - a.value);
    if (!own || winners.length === 0) return [];
    const figure = ({ name, value }: { name: string } & Figure) => `${name} ${formatShort(value)}`;
    const sure = differences.length > 0 ? '' : ' (by the figures alone, without a bootstrap)';
    return [
      `Better than ${model.name} in ${metric}, seen items ${seen}: ${winners.map(figure).join(', ')}; ${figure({ name: model.name, ...own })}${sure}.`,
    ];
  });
}
