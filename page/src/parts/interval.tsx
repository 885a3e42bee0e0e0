import { formatRange, isWide } from '../../../orchestrator/evaluation/format-figure.ts';
import type { EvaluationResult } from '../../../orchestrator/server/page/wire.ts';

export type Figure = EvaluationResult['methods'][number]['metrics'][string];

/** What stands at the left and the right end of a bar. */
export interface Scale {
  least: number;
  most: number;
}

/** From 0 (or the least) to the most that has to be shown. */
export function scaleOf(figures: readonly Figure[]): Scale {
  const values = figures.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  return { least: Math.min(0, ...values), most: Math.max(...values, Number.EPSILON) };
}

export const wideNote = 'Pale figures have so wide an interval that their second digit is not sure.';

/**
 * A figure, its interval in words, and both as a dot on a line where there is a scale to compare on. It is pale where
 * little is sure of it, marked where it is clearly the best.
 */
export function Interval({
  figure,
  users,
  scale = null,
  isBest = false,
}: {
  figure: Figure;
  /** Asked for it. */
  users: number;
  scale?: Scale | null;
  isBest?: boolean;
}) {
  return (
    <div class={`interval${isWide(figure, users) ? ' is-wide' : ''}${isBest ? ' is-best' : ''}`}>
      <span class="figure">
        {figure.value.toFixed(4)}
        {isBest && (
          <span role="img" aria-label="clearly the highest">
            {' '}
            ▲
          </span>
        )}
      </span>
      {figure.low !== null && <span class="range">{formatRange(figure)}</span>}
      {scale && <Bar figure={figure} scale={scale} />}
    </div>
  );
}

function Bar({ figure: { value, low, high }, scale }: { figure: Figure; scale: Scale }) {
  const place = (at: number) => (100 * (at - scale.least)) / (scale.most - scale.least);
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" class="interval-bar">
      <line class="track" x1="0" x2="100" y1="4" y2="4" />
      {low !== null && high !== null && (
        <line class="whisker" x1={place(low)} x2={place(high)} y1="4" y2="4" />
      )}
      <line class="mark" x1={place(value)} x2={place(value)} y1="1" y2="7" />
    </svg>
  );
}
