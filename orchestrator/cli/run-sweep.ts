import { formatShort, metricTitle } from '../evaluation/format-figure.ts';
import { StageStopped } from '../process/outcomes.ts';
import type { Stage } from '../stages/define-stage.ts';
import { stages as ownStages, stagesModule } from '../stages/index.ts';
import type { RunReport, SweepReport } from '../sweep/collect.ts';
import { type PlannedRun, planSweep } from '../sweep/plan-sweep.ts';
import { reportFolder, writeReport } from '../sweep/report/write-report.ts';
import { jobsForMachine, type RunEnd, runSweep } from '../sweep/run-sweep.ts';
import { printJson } from './commands/options.ts';
import { exitCodes } from './exit-codes.ts';
import { explainFailure } from './explain-failure.ts';
import { shellLine } from './format/shell.ts';
import { formatTable } from './format/table.ts';
import { createSweepDisplay } from './progress/sweep-display.ts';
import { listenForStop } from './stop-signals.ts';

export interface SweepCommandOptions {
  file: string;
  set: string[];
  only: string[];
  jobs: number | undefined;
  runsFolder: string;
  json: boolean;
  /** Other stages than the real ones, for tests. */
  stages?: readonly Stage[];
  module?: string;
}

/** Runs a sweep with progress on stderr, writes its report, and prints the table. */
export async function runSweepCommand(options: SweepCommandOptions): Promise<void> {
  const { file, set, only, runsFolder, json, stages = ownStages, module = stagesModule } = options;
  const plan = await planSweep(file, { set, only });
  const jobs = Math.min(options.jobs ?? jobsForMachine(), plan.runs.length);
  const display = createSweepDisplay({
    write: (text) => process.stderr.write(text),
    live: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stderr.columns,
    runs: plan.runs.length,
  });
  display.say(`${plan.name}: ${plan.runs.length} runs, ${jobs} at a time`);
  const signals = listenForStop(() =>
    display.say('Stopping as soon as the stages have saved their work; Ctrl-C again ends them at once.'),
  );
  const failures: string[] = [];
  // After every run, so that the report can be read while the sweep goes on.
  let written = Promise.resolve();
  try {
    await runSweep({
      plan,
      runsFolder,
      jobs,
      stages,
      module,
      onEvent: (run, event) => display.event(run.name, event),
      onEnd: (run, end) => {
        if (end.state === 'failed') failures.push(run.name);
        if (end.state === 'stopped') return;
        display.end(run.name, endText(run, end));
        written = written.then(async () => void (await writeReport(plan, runsFolder)));
      },
      stop: signals.stop,
      kill: signals.kill,
    });
  } finally {
    signals.release();
    display.close();
  }
  await written;
  const report = await writeReport(plan, runsFolder);
  const folder = reportFolder(plan, runsFolder);
  if (signals.stop.aborted) {
    process.stderr.write(`Stopped. Go on with:\n  ${resumeLine(options)}\n`);
    throw new StageStopped(plan.name);
  }
  if (json) printJson({ sweep: plan.name, folder, runs: report.runs });
  else process.stdout.write(`\n${summary(report)}\n\nThe report is in ${folder}\n`);
  if (failures.length > 0) {
    process.stderr.write(
      `${failures.length} of ${plan.runs.length} runs failed: ${failures.join(', ')}\n→ What happened stands above; the same command tries them again and keeps the rest.\n`,
    );
    process.exitCode = exitCodes.mistake;
  }
}

function endText(run: PlannedRun, end: RunEnd): string {
  return end.state === 'failed' ? `✘ ${run.name} failed\n${explainFailure(end.error).text}` : `✔ ${run.name}`;
}

function summary({ runs, metric, gain }: SweepReport): string {
  const figure = (value: number | undefined) => (value === undefined ? '–' : formatShort(value));
  return formatTable(
    ['run', 'validation recall@10', 'NDCG@10', `test ${metric}`, metricTitle(gain), 'minus the first'],
    runs.map(({ run, parts, test, difference }: RunReport) => [
      run,
      figure(parts.at(-1)?.recall),
      figure(parts.at(-1)?.ndcg),
      figure(test?.[metric].value),
      figure(test?.[gain].value),
      figure(difference?.[metric].value),
    ]),
  );
}

function resumeLine({ file, set, only, jobs, runsFolder, json }: SweepCommandOptions): string {
  return shellLine([
    ...['npx', 'eager-llm', 'sweep', file],
    ...set.flatMap((setting) => ['--set', setting]),
    ...only.flatMap((name) => ['--only', name]),
    ...(jobs ? ['--jobs', String(jobs)] : []),
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...(json ? ['--json'] : []),
  ]);
}
