import type { Stage } from '../stages/define-stage.ts';
import { stages as ownStages, stagesModule } from '../stages/index.ts';
import type { PlannedRun, SweepPlan } from '../sweep/plan-sweep.ts';
import { jobsForMachine, type RunEnd, runSweep } from '../sweep/run-sweep.ts';
import { exitCodes, explainFailure } from './explain-failure.ts';
import { say } from './print.ts';
import { createSweepDisplay } from './progress/sweep-display.ts';
import { listenForStop } from './stop-signals.ts';

export interface TakeRunsOptions {
  jobs: number | undefined;
  runsFolder: string;
  /** Other stages than the real ones, for tests. */
  stages?: readonly Stage[] | undefined;
  module?: string | undefined;
  /** A run has finished or failed. */
  onEnd?: () => void;
}

/** Takes the runs of a sweep through their stages, with progress on stderr. */
export async function takeRuns(
  plan: SweepPlan,
  { jobs: wanted, runsFolder, stages = ownStages, module = stagesModule, onEnd }: TakeRunsOptions,
): Promise<{ stopped: boolean; failures: string[] }> {
  const jobs = Math.min(wanted ?? jobsForMachine(), plan.runs.length);
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
        onEnd?.();
      },
      stop: signals.stop,
      kill: signals.kill,
    });
  } finally {
    signals.release();
    display.close();
  }
  return { stopped: signals.stop.aborted, failures };
}

/** The final message if some runs failed. */
export function tellFailures(failures: readonly string[], runs: number): void {
  if (failures.length === 0) return;
  say(
    `${failures.length} of ${runs} runs failed: ${failures.join(', ')}\n→ See above for the reasons; the same command retries them and keeps the rest.`,
  );
  process.exitCode = exitCodes.mistake;
}

function endText(run: PlannedRun, end: RunEnd): string {
  return end.state === 'failed' ? `✘ ${run.name} failed\n${explainFailure(end.error).text}` : `✔ ${run.name}`;
}
