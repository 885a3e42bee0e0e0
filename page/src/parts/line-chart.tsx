import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatStageFigure } from '../../../orchestrator/evaluation/stage-figures.ts';
import { formatFigure } from '../../../orchestrator/shared/format.ts';
import { isDark } from '../state/theme.ts';
import type { Line } from './line.ts';

export interface LineChartProps {
  title: string;
  /** What x counts: `update`, `epoch`. */
  x: string;
  lines: readonly Line[];
  /** Marks every point: for few of them. */
  dots?: boolean;
  /** What has to be known beside it. */
  children?: ComponentChildren;
}

/** Lines over a common x, drawn by uPlot; the values that count stand below as text, so that nothing is told by picture alone. */
export function LineChart({ title, x, lines, dots = false, children }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const shape = `${isDark.value} ${lines.map(({ label, colour }) => `${label}/${colour}`).join()}`;

  // Made anew for other colours or lines; new points come through the effect below.
  useEffect(() => {
    const holder = place.current!;
    const options = chartOptions(holder, { title, x, lines, dots });
    chart.current = new uPlot(options, joined(lines), holder);
    const resized = new ResizeObserver(() => {
      chart.current?.setSize({ width: holder.clientWidth, height: options.height });
    });
    resized.observe(holder);
    return () => {
      resized.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shape]);

  useEffect(() => {
    chart.current?.setData(joined(lines));
  }, [lines]);

  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div
        ref={place}
        class="chart-canvas"
        role="img"
        aria-label={`${title} by ${x}: ${summary(lines, x, title)}`}
      />
      <ul class="chart-legend">
        {lines.map((line) => (
          <li key={line.label}>
            <span class={`swatch line-${line.colour}`} aria-hidden="true" />
            {line.label}
            <span class="figure">{figureOf(line, title)}</span>
            <span class="hint">{line.note ?? keptAt(line, x)}</span>
          </li>
        ))}
      </ul>
      {children}
    </figure>
  );
}

function summary(lines: readonly Line[], x: string, title: string): string {
  const said = lines.map((line) =>
    [line.label, figureOf(line, title), line.note ?? keptAt(line, x)].filter(Boolean).join(' '),
  );
  return said.join(', ') || 'no points yet';
}

/** Of the point that is kept, else of the last. */
function figureOf({ points, kept = points.at(-1) }: Line, title: string): string {
  return kept ? formatStageFigure(title, kept[1]) : '–';
}

function keptAt({ kept }: Line, x: string): string {
  return kept ? `${x} ${formatFigure(kept[0])}, kept` : '';
}

const wholeSteps = [1, 2, 5]
  .flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7].map((power) => step * 10 ** power))
  .sort((a, b) => a - b);

const font = '12px system-ui, sans-serif';

function chartOptions(holder: HTMLElement, { title, x, lines, dots = false }: LineChartProps): uPlot.Options {
  const [ink, grid] = [colourOf(holder, 'chart-ink'), colourOf(holder, 'chart-grid')];
  const axis: uPlot.Axis = {
    stroke: ink,
    font,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width: holder.clientWidth || 300,
    height: 232,
    // Room for half of the last label below.
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { size: 7 } },
    scales: { x: { time: false } },
    axes: [
      {
        ...axis,
        size: 26,
        label: x,
        labelSize: 18,
        labelFont: font,
        // Of updates and epochs there are no parts.
        incrs: wholeSteps,
        values: (_chart, ticks) => ticks.map((tick) => formatFigure(tick)),
      },
      { ...axis, size: 52, values: (_chart, ticks) => ticks.map((tick) => formatFigure(tick)) },
    ],
    series: [
      { label: x },
      ...lines.map(({ colour }) => ({
        stroke: colourOf(holder, `line-${colour}`),
        alpha: 0.25,
        width: 1,
        spanGaps: true,
        points: { show: false },
      })),
      ...lines.map(({ label, colour }) => ({
        label,
        stroke: colourOf(holder, `line-${colour}`),
        width: 1.75,
        spanGaps: true,
        points: { show: dots, size: 5 },
      })),
    ],
    plugins: [tooltip(x, title)],
  };
}

/** uPlot draws on a canvas, where no style sheet reaches: the colour is read from an element that has the class. */
function colourOf(holder: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.className = name;
  holder.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The values under the pointer. */
function tooltip(x: string, title: string): uPlot.Plugin {
  const box = document.createElement('div');
  box.className = 'chart-tip';
  box.hidden = true;
  return {
    hooks: {
      init: (chart) => void chart.over.append(box),
      setCursor: (chart) => {
        const { idx: index, left = 0 } = chart.cursor;
        box.hidden = typeof index !== 'number' || left < 0;
        if (typeof index !== 'number') return;
        const rows = chart.series.slice(1).flatMap(({ label }, at) => {
          const value = chart.data[at + 1][index];
          return label && typeof value === 'number' ? [`${label}  ${formatStageFigure(title, value)}`] : [];
        });
        box.textContent = [`${x} ${formatFigure(chart.data[0][index])}`, ...rows].join('\n');
        box.classList.toggle('at-left', left > chart.over.clientWidth / 2);
        box.style.left = `${left}px`;
      },
    },
  };
}

/** uPlot wants one list of x for all lines. */
function joined(lines: readonly Line[]): uPlot.AlignedData {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const at = new Map(xs.map((x, index) => [x, index]));
  const rowOf = (points: Line['points']) => {
    const values = new Array<number | null>(xs.length).fill(null);
    for (const [x, y] of points) values[at.get(x)!] = y;
    return values;
  };
  // Series in the order of `chartOptions`: the faint ones lie behind.
  return [xs, ...lines.map(({ raw = [] }) => rowOf(raw)), ...lines.map(({ points }) => rowOf(points))];
}
