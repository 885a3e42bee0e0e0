import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';
import { leadingMetric, selectionMetric } from '../../../orchestrator/evaluation/metrics.ts';
import type { Seen } from '../../../orchestrator/evaluation/seen-items.ts';
import type { PageRun } from '../../../orchestrator/server/page/wire.ts';
import { formatFigure } from '../../../orchestrator/shared/format.ts';

type Figures = Record<string, number | string>;

/** Size of the data and quality of the result by one protocol, each in its place, whether it is known or not. */
export function headline(run: PageRun, usual: readonly string[], seen: Seen): [string, string][] {
  const figures = figuresOf(run);
  const metrics = headlineMetrics(run).map((name, at): [string, string] => {
    const value = figures[`${name}, seen ${seen}`] ?? ownOf(figures, name);
    return [metricTitle(value === undefined ? (usual[at] ?? name) : name), metricText(value)];
  });
  return [['items', formatFigure(figures.items)], ...metrics];
}

/** Each at the longest list that the run was evaluated for: `recall@10`; `recall` where it was not. */
export function headlineMetrics(run: PageRun): string[] {
  const evaluated = Object.keys(figuresOf(run)).filter((name) => /^\w+@\d+$/.test(name));
  return [leadingMetric, selectionMetric].map(
    ({ name }) => evaluated.findLast((each) => each.startsWith(`${name}@`)) ?? name,
  );
}

/** Results from before both protocols were given have one alone, and do not say which. */
export function saysProtocol(run: PageRun): boolean {
  const names = Object.keys(figuresOf(run));
  return (
    names.some((name) => / seen (kept|removed)$/.test(name)) || !names.some((name) => /^\w+@\d+$/.test(name))
  );
}

function ownOf(figures: Figures, name: string): Figures[string] | undefined {
  const isGiven = Object.keys(figures).some((each) => each.startsWith(`${name}, seen `));
  return isGiven ? undefined : figures[name];
}

function figuresOf({ stages }: PageRun): Figures {
  return Object.assign({}, ...stages.map(({ figures }) => figures));
}

/** As many digits in each row, so that a column can be read down. */
function metricText(value: number | string | undefined): string {
  return typeof value === 'number' ? value.toFixed(4) : formatFigure(value);
}
