import { escapeHtml } from '../../shared/escape-html.ts';
import { mean } from '../../shared/spread.ts';

/** A point with an interval, in a row of its own. */
export interface DotRow {
  label: string;
  points: { value: number; low: number | null; high: number | null }[];
  emphasised: boolean;
  /** What does not compare with the other rows. */
  pale: boolean;
}

export interface Line {
  label: string;
  points: { x: number; y: number }[];
}

const rowHeight = 26;
const labelWidth = 190;
const width = 760;

/** Values with intervals, one row each, on one axis; a line goes down from the mean of the row that others are held against. */
export function dotChart(title: string, rows: readonly DotRow[]): string {
  const values = rows.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [value, low, high]));
  const axis = axisOf(values.filter((value) => value !== null));
  const x = (value: number) => labelWidth + axis.place(value) * (width - labelWidth - 20);
  const height = rows.length * rowHeight;
  const first = rows.find(({ emphasised, points }) => emphasised && points.length > 0);
  const reference = first ? mean(first.points.map(({ value }) => value)) : null;
  const marks = rows.map((row, at) => {
    const y = at * rowHeight + rowHeight / 2;
    const dots = row.points.map(({ value, low, high }, point) => {
      const dy = y + 4 * (point - (row.points.length - 1) / 2);
      const whisker =
        low === null || high === null
          ? ''
          : `<line class="whisker" x1="${fixed(x(low))}" x2="${fixed(x(high))}" y1="${dy}" y2="${dy}"/>`;
      const range = low === null || high === null ? '' : ` (${low.toFixed(4)} to ${high.toFixed(4)})`;
      return `${whisker}<circle class="${row.emphasised ? 'dot reference' : 'dot'}" cx="${fixed(x(value))}" cy="${dy}" r="4"><title>${escapeHtml(row.label)}: ${value.toFixed(4)}${range}</title></circle>`;
    });
    return `<g${row.pale ? ' class="pale"' : ''}><text class="label" x="${labelWidth - 10}" y="${y + 4}">${escapeHtml(row.label)}</text>${dots.join('')}</g>`;
  });
  return figure(
    title,
    width,
    height + 30,
    [
      ...axis.ticks.map((tick) => gridLine(x(tick), height, tick)),
      reference === null
        ? ''
        : `<line class="mark" x1="${fixed(x(reference))}" x2="${fixed(x(reference))}" y1="0" y2="${height}"/>`,
      ...marks,
    ].join(''),
  );
}

/** Small charts of one line each over the first line of all, so that many can be told apart. */
export function smallMultiples(title: string, lines: readonly Line[]): string {
  const [reference] = lines;
  if (!reference) return '';
  const [across, high, gap] = [240, 130, 14];
  const points = lines.flatMap((line) => line.points);
  const xs = axisOf(points.map(({ x }) => x));
  const ys = axisOf(points.map(({ y }) => y));
  const path = (line: Line) =>
    line.points
      .map(
        ({ x, y }, at) =>
          `${at === 0 ? 'M' : 'L'}${fixed(34 + xs.place(x) * (across - 40))} ${fixed(18 + (1 - ys.place(y)) * (high - 38))}`,
      )
      .join('');
  const columns = 3;
  const panels = lines.map((line, at) => {
    const [left, top] = [(at % columns) * (across + gap), Math.floor(at / columns) * (high + gap)];
    const ticks = ys.ticks.map((tick) => {
      const y = fixed(18 + (1 - ys.place(tick)) * (high - 38));
      return `<line class="grid" x1="34" x2="${across - 6}" y1="${y}" y2="${y}"/><text class="tick end" x="30" y="${Number(y) + 3}">${short(tick)}</text>`;
    });
    const under = line === reference ? '' : `<path class="line under" d="${path(reference)}"/>`;
    return `<g transform="translate(${left} ${top})"><text class="head" x="34" y="11">${escapeHtml(line.label)}</text>${ticks.join('')}${under}<path class="line" d="${path(line)}"><title>${escapeHtml(line.label)}</title></path><text class="tick" x="34" y="${high - 6}">${short(xs.ticks[0])}</text><text class="tick end" x="${across - 6}" y="${high - 6}">${short(xs.ticks[xs.ticks.length - 1])}</text></g>`;
  });
  const rows = Math.ceil(lines.length / columns);
  return figure(title, columns * (across + gap), rows * (high + gap), panels.join(''));
}

/** Named points in a plane. */
export function scatterChart(
  title: string,
  axes: { x: string; y: string },
  points: readonly { label: string; x: number; y: number }[],
): string {
  // The name of y stands above its axis, that of x below and at its end: they cannot meet, however long they are.
  const [left, right, top, high] = [60, width - 150, 22, 322];
  const xs = axisOf(points.map(({ x }) => x));
  const ys = axisOf(points.map(({ y }) => y));
  const x = (value: number) => left + xs.place(value) * (right - left);
  const y = (value: number) => top + 10 + (1 - ys.place(value)) * (high - top - 20);
  return figure(
    title,
    width,
    high + 44,
    [
      ...xs.ticks.map((tick) => gridLine(x(tick), high, tick, top)),
      ...ys.ticks.map(
        (tick) =>
          `<line class="grid" x1="${left}" x2="${right}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/><text class="tick end" x="${left - 6}" y="${fixed(y(tick) + 3)}">${short(tick)}</text>`,
      ),
      `<text class="tick end" x="${right}" y="${high + 38}">${escapeHtml(axes.x)} →</text>`,
      `<text class="tick" x="4" y="11">↑ ${escapeHtml(axes.y)}</text>`,
      ...points.map(
        (point) =>
          `<circle class="dot" cx="${fixed(x(point.x))}" cy="${fixed(y(point.y))}" r="4"><title>${escapeHtml(point.label)}: ${short(point.x)}, ${point.y.toFixed(4)}</title></circle><text class="name" x="${fixed(x(point.x) + 8)}" y="${fixed(y(point.y) + 4)}">${escapeHtml(point.label)}</text>`,
      ),
    ].join(''),
  );
}

function figure(title: string, across: number, high: number, content: string): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><div class="scroll" tabindex="0"><svg viewBox="0 0 ${across} ${high}" role="img" aria-label="${escapeHtml(title)}">${content}</svg></div></figure>`;
}

function gridLine(x: number, height: number, tick: number, top = 0): string {
  return `<line class="grid" x1="${fixed(x)}" x2="${fixed(x)}" y1="${top}" y2="${height}"/><text class="tick middle" x="${fixed(x)}" y="${height + 18}">${short(tick)}</text>`;
}

/** Round ticks around the values, and where a value lies between the first and the last of them, from 0 to 1. */
export function axisOf(values: readonly number[]): { ticks: number[]; place(value: number): number } {
  const least = values.length > 0 ? Math.min(...values) : 0;
  const most = values.length > 0 ? Math.max(...values) : 1;
  const range = most - least || Math.abs(most) || 1;
  const rough = range / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil(most / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { ticks, place: (value) => (value / step - first) / (last - first) };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function fixed(value: number): string {
  return value.toFixed(1);
}
