import { validationChoice } from '../../../orchestrator/evaluation/headline.ts';
import type { Line } from '../parts/line.ts';

/** One part of the training: `06-training/01-alignment` and the lines of its `metrics.jsonl`. */
export interface Part {
  name: string;
  records: readonly Record<string, number>[];
}

/** The loss by update, a line a part; each part begins where the one before ended. */
export function lossLines(parts: readonly Part[]): Line[] {
  return linesOf(parts, 'step', ({ loss }) => loss).map((line) => ({
    ...line,
    points: smoothed(line.points),
    raw: line.points,
    note: sayMean(reachOf(line.points) + 1),
  }));
}

/** A figure of the validations by epoch, a line a part, with that of the epoch whose weights are kept. */
export function validationLines(parts: readonly Part[], figure: string): Line[] {
  const chosenBy = linesOf(parts, 'epoch', (record) => record[`validation/${validationChoice}`]);
  return linesOf(parts, 'epoch', (record) => record[`validation/${figure}`]).map((line) => {
    const choice = chosenBy.find(({ label }) => label === line.label)?.points ?? [];
    const best = Math.max(...choice.map(([, value]) => value));
    const epoch = choice.find(([, value]) => value === best)?.[0];
    return { ...line, kept: line.points.find(([x]) => x === epoch) as [number, number] | undefined };
  });
}

/** The figures that validations give, losses of tasks left out: `recall@10`, `ndcg@10`. */
export function validationFigures(parts: readonly Part[]): string[] {
  const names = parts.flatMap(({ records }) => records.flatMap((record) => Object.keys(record)));
  return [...new Set(names)]
    .filter((name) => name.startsWith('validation/') && !name.startsWith('validation/loss/'))
    .map((name) => name.slice('validation/'.length));
}

/** One line over all parts, for comparisons. */
export function joinedLine(lines: readonly Line[], label: string, colour: number): Line {
  const { kept, note } = lines.at(-1) ?? {};
  return { label, colour, points: lines.flatMap(({ points }) => [...points]), kept, ...(note && { note }) };
}

/** Each micro-batch is of one task, and tasks differ in their losses: the mean of the neighbours shows where it goes. */
function smoothed(points: Line['points']): Line['points'] {
  const reach = reachOf(points);
  return points.map(([x], at) => {
    const near = points.slice(Math.max(0, at - reach), at + reach + 1);
    return [x, near.reduce((sum, [, y]) => sum + y, 0) / near.length];
  });
}

/** How many neighbours on each side are taken into the mean. */
function reachOf(points: Line['points']): number {
  return Math.floor(points.length / 40);
}

/** Of the last point, which has neighbours on one side alone. */
function sayMean(updates: number): string {
  return updates > 1 ? `mean of the last ${updates} updates` : 'last update';
}

function linesOf(
  parts: readonly Part[],
  axis: 'step' | 'epoch',
  figureOf: (record: Record<string, number>) => number | undefined,
): Line[] {
  let before = 0;
  const lines: Line[] = [];
  for (const [at, { name, records }] of parts.entries()) {
    const start = before;
    const points = records.flatMap((record): [number, number][] => {
      const value = figureOf(record);
      return value === undefined ? [] : [[start + record[axis], value]];
    });
    if (points.length > 0) lines.push({ label: labelOf(name), colour: (at % 6) + 1, points });
    before = start + (records.at(-1)?.[axis] ?? 0);
  }
  return lines;
}

/** `06-training/01-alignment` -> `alignment` */
function labelOf(name: string): string {
  return name.replace(/^.*\/\d\d-/, '');
}
