import { leadingFigure } from './headline.ts';
import { generatedAlone, ownRow } from './own-row.ts';
import type { EvaluationResult, Figure } from './result.ts';
import { figuresUnder, type Seen } from './seen-items.ts';

export interface BestBaseline {
  name: string;
  figure: Figure;
  /** The recommender's own figure minus it: paired by user where the result has that, else without an interval. */
  difference: Figure;
}

/** The highest baseline in the leading figure under a protocol; null where none was asked, or has figures under it. */
export function bestBaseline(result: EvaluationResult, seen: Seen): BestBaseline | null {
  const { protocol, methods, differences } = result;
  const metric = leadingFigure(protocol.cutoffs);
  const own = figuresUnder(seen, ownRow(methods), protocol)?.[metric];
  const [best] = baselineFigures(result, seen);
  if (!own || !best) return null;
  const paired = differences.find(({ baseline }) => baseline === best.name);
  const alone: Figure = { value: own.value - best.figure.value, low: null, high: null };
  return { ...best, difference: (paired && figuresUnder(seen, paired, protocol)?.[metric]) ?? alone };
}

/** All baselines by the leading figure, the highest first: neither the recommender nor its model alone is one. */
export function baselineFigures(
  { protocol, methods }: EvaluationResult,
  seen: Seen,
): { name: string; figure: Figure }[] {
  const metric = leadingFigure(protocol.cutoffs);
  return methods
    .slice(0, -1)
    .filter(({ name }) => name !== generatedAlone)
    .flatMap((method) => {
      const figure = figuresUnder(seen, method, protocol)?.[metric];
      return figure ? [{ name: method.name, figure }] : [];
    })
    .sort((a, b) => b.figure.value - a.figure.value);
}
