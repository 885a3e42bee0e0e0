import { formatP, formatShort, formatSigned, metricTitle } from '../evaluation/format-figure.ts';
import { validationChoice, validationLead } from '../evaluation/headline.ts';
import { StageStopped } from '../process/outcomes.ts';
import { sweepFolder } from '../runs/sweep-reports.ts';
import { shellLine } from '../shared/shell-line.ts';
import type { RunReport, SweepReport } from '../sweep/collect.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { sweepLatex } from '../sweep/report/latex.ts';
import { ownMetrics, validationOf } from '../sweep/report/rows.ts';
import { variantMeans } from '../sweep/report/variant-means.ts';
import { reportFiles, writeReport } from '../sweep/report/write-report.ts';
import { followSweep } from '../tracking/track-sweep.ts';
import { printJson } from './commands/options.ts';
import { formatTable } from './format/table.ts';
import { print, say } from './print.ts';
import { type TakeRunsOptions, takeRuns, tellFailures } from './take-runs.ts';

export interface SweepCommandOptions extends Omit<TakeRunsOptions, 'onEnd'> {
  file: string;
  set: string[];
  only: string[];
  latex: boolean;
  json: boolean;
}

/** Runs a sweep with progress on stderr, writes its report, and prints the table. */
export async function runSweepCommand(options: SweepCommandOptions): Promise<void> {
  const { file, set, only, runsFolder, latex, json } = options;
  const plan = await planSweep(file, { set, only });
  const folder = sweepFolder(runsFolder, plan.name);
  const recipes = plan.runs.map(({ resolved }) => resolved.recipe);
  const tracking = await followSweep(plan.name, { folder, recipes, tell: say });
  // After every run, so that the report can be read while the sweep goes on. What fails here does not end the sweep: it is
  // told by the last report.
  let written: Promise<unknown> = Promise.resolve();
  const onEnd = () => {
    written = written.then(() => writeReport(plan, runsFolder)).catch(() => {});
  };
  const { stopped, failures } = await takeRuns(plan, { ...options, onEnd });
  await written;
  const report = await writeReport(plan, runsFolder);
  const end = stopped ? 'KILLED' : failures.length > 0 ? 'FAILED' : 'FINISHED';
  await tracking.close(end, variantMeans(report), reportFiles);
  if (stopped) {
    say(`Stopped. Go on with:\n  ${resumeLine(options)}`);
    throw new StageStopped(plan.name);
  }
  if (json) printJson({ sweep: plan.name, folder, runs: report.runs, comparisons: report.comparisons });
  else if (latex) print(sweepLatex(report));
  else print(`\n${summary(report)}\n\nThe report is in ${folder}`);
  tellFailures(failures, plan.runs.length);
}

function summary(report: SweepReport): string {
  const { runs, metric, gain, split, seen } = report;
  const figure = (value: number | undefined) => (value === undefined ? '–' : formatShort(value));
  const tested = (name: string): [string, (report: RunReport) => string][] =>
    seen.map((each) => [
      `${split} ${metricTitle(name)}, seen ${each}`,
      ({ test }) => figure(test[each]?.[name].value),
    ]);
  const columns: [string, (report: RunReport) => string][] = [
    ['run', ({ run }) => run],
    [`best epoch, ${metricTitle(validationLead)}`, (report) => figure(validationOf(report)?.recall)],
    [metricTitle(validationChoice), (report) => figure(validationOf(report)?.ndcg)],
    ...tested(metric),
    ...tested(gain),
    ...ownMetrics(runs).flatMap(tested),
  ];
  const table = formatTable(
    columns.map(([title]) => title),
    runs.map((run) => columns.map(([, cell]) => cell(run))),
  );
  return [table, ...comparisonLines(report)].join('\n');
}

function comparisonLines({ plan, comparisons, metric, seen }: SweepReport): string[] {
  const lines = Object.entries(comparisons).flatMap(([variant, { difference }]) => {
    const sides = seen.flatMap((each) => {
      const figure = difference[each]?.[metric];
      if (!figure) return [];
      const range = `${formatSigned(figure.low)} to ${formatSigned(figure.high)}; ${formatP(figure.p)}`;
      return [`seen ${each} ${formatSigned(figure.value)} (${range})`];
    });
    return sides.length > 0
      ? [`${variant} minus ${plan.variants[0].name} in ${metric}: ${sides.join(', ')}`]
      : [];
  });
  return lines.length > 0 ? ['', ...lines] : [];
}

function resumeLine(options: SweepCommandOptions): string {
  return shellLine([
    ...sweepWords(options),
    ...(options.latex ? ['--latex'] : []),
    ...(options.json ? ['--json'] : []),
  ]);
}

/** The command of a sweep. */
export function sweepWords({
  file,
  set,
  only,
  jobs,
  runsFolder,
}: Pick<SweepCommandOptions, 'file' | 'set' | 'only' | 'jobs' | 'runsFolder'>): string[] {
  return [
    ...['npx', 'eager-llm', 'sweep', file],
    ...set.flatMap((setting) => ['--set', setting]),
    ...only.flatMap((name) => ['--only', name]),
    ...(jobs ? ['--jobs', String(jobs)] : []),
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
  ];
}
