import { metricTitle } from '../../../orchestrator/evaluation/format-figure.ts';

/** What a figure of a stage is called: of the loss it is the last update's alone, beside a curve of means. */
export function figureTitle(name: string): string {
  const [metric, ...rest] = name.split(', ');
  return [metricTitle(metric), ...rest].join(', ').replace(/ loss$/, ' loss of the last update alone');
}
