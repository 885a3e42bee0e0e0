import type { ComponentChildren } from 'preact';
import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { formatStageFigure } from '../../../orchestrator/evaluation/stage-figures.ts';
import { formatFigure } from '../../../orchestrator/shared/format.ts';
import type { Line } from '../parts/line.ts';
import { LineChart } from '../parts/line-chart.tsx';
import { type Part, validationFigures } from './curves.ts';

/** What the training was validated by: curves, or where there is no more than a value a line, these in words. */
export function Validations({
  parts,
  linesOf,
  listsSeen,
}: {
  /** Of all lines together. */
  parts: readonly Part[];
  linesOf: (figure: string) => Line[];
  /** Whether lists of these runs may hold seen items; null where that is not known, or not the same. */
  listsSeen: boolean | null;
}) {
  const figures = validationFigures(parts).map((figure) => ({ figure, lines: linesOf(figure) }));
  if (figures.length === 0) return null;
  const isCurve = figures.some(({ lines }) => lines.some(({ points }) => points.length > 1));
  const note = (
    <p class="hint">
      Of the validation split, by the lists that the model generates alone, before anything else ranks them
      {protocols[String(listsSeen)]}.
    </p>
  );
  if (!isCurve) return <Once figures={figures} note={note} />;
  return (
    <>
      {figures.map(({ figure, lines }) => (
        <LineChart
          key={figure}
          title={`Validation ${metricTitle(figure)}, the model alone`}
          x="epoch"
          lines={lines}
          dots
        >
          {note}
        </LineChart>
      ))}
    </>
  );
}

const protocols: Record<string, string> = {
  true: '; seen items kept',
  false: '; seen items removed',
  null: '; seen items are kept where people of the log take items again',
};

/** One epoch was validated: that is no curve. */
function Once({ figures, note }: { figures: { figure: string; lines: Line[] }[]; note: ComponentChildren }) {
  const [{ lines: all }] = figures;
  return (
    <figure class="chart">
      <figcaption>Validation, the model alone</figcaption>
      <ul class="validated">
        {all.map(({ label, colour, points }, at) => (
          <li key={label}>
            <span class={`swatch line-${colour}`} aria-hidden="true" /> {label}
            {points[0] && `, after epoch ${formatFigure(points[0][0])}`}:{' '}
            {figures.map(({ figure, lines }, which) => {
              const value = lines[at]?.points[0]?.[1];
              return (
                <>
                  {which > 0 && ', '}
                  {metricTitle(figure)} <span class="figure">{formatStageFigure(figure, value)}</span>
                </>
              );
            })}
          </li>
        ))}
      </ul>
      {note}
    </figure>
  );
}
