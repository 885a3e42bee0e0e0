import { neverListsSeen } from '../evaluation/describe-result.ts';
import { formatShort, metricTitle } from '../evaluation/format-figure.ts';
import { validationChoice, validationLead } from '../evaluation/headline.ts';
import { StageStopped } from '../process/outcomes.ts';
import { shellLine } from '../shared/shell-line.ts';
import type { RunReport, SweepReport } from '../sweep/collect.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { ownMetrics, validationOf } from '../sweep/report/rows.ts';
import { reportFolder, writeReport } from '../sweep/report/write-report.ts';
import { printJson } from './commands/options.ts';
import { formatTable } from './format/table.ts';
import { print, say } from './print.ts';
import { type TakeRunsOptions, takeRuns, tellFailures } from './take-runs.ts';

export interface SweepCommandOptions extends Omit<TakeRunsOptions, 'onEnd'> {
  file: string;
  set: string[];
  only: string[];
  json: boolean;
}

/** Runs a sweep with progress on stderr, writes its report, and prints the table. */
export async function runSweepCommand(options: SweepCommandOptions): Promise<void> {
  const { file, set, only, runsFolder, json } = options;
  const plan = await planSweep(file, { set, only });
  // After every run, so that the report can be read while the sweep goes on.
  let written = Promise.resolve();
  const onEnd = () => {
    written = written.then(async () => void (await writeReport(plan, runsFolder)));
  };
  const { stopped, failures } = await takeRuns(plan, { ...options, onEnd });
  await written;
  const report = await writeReport(plan, runsFolder);
  const folder = reportFolder(plan, runsFolder);
  if (stopped) {
    say(`Stopped. Go on with:\n  ${resumeLine(options)}`);
    throw new StageStopped(plan.name);
  }
  if (json) printJson({ sweep: plan.name, folder, runs: report.runs });
  else print(`\n${summary(report)}\n\nThe report is in ${folder}`);
  tellFailures(failures, plan.runs.length);
}

function summary({ runs, metric, gain, split }: SweepReport): string {
  const figure = (value: number | undefined) => (value === undefined ? '–' : formatShort(value));
  // Where no list holds seen items, removing them changes nothing.
  const both = runs.some(({ protocol }) => protocol && !neverListsSeen(protocol));
  const columns: [string, (report: RunReport) => string, onlyOfBoth?: true][] = [
    ['run', ({ run }) => run],
    [`best epoch, ${metricTitle(validationLead)}`, (report) => figure(validationOf(report)?.recall)],
    [metricTitle(validationChoice), (report) => figure(validationOf(report)?.ndcg)],
    [`${split} ${metric}`, ({ test }) => figure(test?.[metric].value)],
    ['seen removed', ({ removed }) => figure(removed?.[metric].value), true],
    [metricTitle(gain), ({ test }) => figure(test?.[gain].value)],
    ['seen removed', ({ removed }) => figure(removed?.[gain].value), true],
    ...ownMetrics(runs).map((name): [string, (report: RunReport) => string] => [
      name,
      ({ test }) => figure(test?.[name]?.value),
    ]),
    [`${metric} minus the first`, ({ difference }) => figure(difference?.[metric].value)],
    ['seen removed', ({ removedDifference }) => figure(removedDifference?.[metric].value), true],
  ];
  const shown = columns.filter(([, , onlyOfBoth]) => both || !onlyOfBoth);
  return formatTable(
    shown.map(([title]) => title),
    runs.map((report) => shown.map(([, cell]) => cell(report))),
  );
}

function resumeLine(options: SweepCommandOptions): string {
  return shellLine([...sweepWords(options), ...(options.json ? ['--json'] : [])]);
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
