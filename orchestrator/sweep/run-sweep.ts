import { availableParallelism, totalmem } from 'node:os';
import PQueue from 'p-queue';
import { StageStopped } from '../process/outcomes.ts';
import type { Stage } from '../stages/define-stage.ts';
import { executeRun } from '../stages/execute-run.ts';
import type { Turn } from '../stages/run-stages.ts';
import type { StageEvent } from '../stages/stage-event.ts';
import type { PlannedRun, SweepPlan } from './plan-sweep.ts';

export type RunEnd = { state: 'finished' } | { state: 'stopped' } | { state: 'failed'; error: unknown };

export interface RunSweepOptions {
  plan: SweepPlan;
  runsFolder: string;
  /** Stages that work at the same time, each on its share of the cores. */
  jobs: number;
  stages: readonly Stage[];
  module: string;
  onEvent: (run: PlannedRun, event: StageEvent) => void;
  onEnd: (run: PlannedRun, end: RunEnd) => void;
  stop: AbortSignal;
  kill: AbortSignal;
}

/** Bytes that a stage may need; its peak on Amazon Beauty is below. */
const memoryOfStage = 2 ** 31;

/** As many stages side by side as there are cores and memory for. */
export function jobsForMachine(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / memoryOfStage)));
}

/**
 * Takes all runs of a sweep through their stages, several side by side. A stage that several runs share is made once,
 * by the first of them, and the others wait for it; earlier runs come first. A run that fails does not stop the others.
 */
export async function runSweep(options: RunSweepOptions): Promise<void> {
  const { plan, runsFolder, jobs, stages, module, onEvent, onEnd, stop, kill } = options;
  // Twice the jobs are open, so that one which waits for a shared stage leaves its place to another; a single job waits for
  // nobody, and brings one run to its end before the next.
  const open = new PQueue({ concurrency: jobs === 1 ? 1 : 2 * jobs });
  const takeTurn = turns(jobs);
  const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
  await Promise.all(
    plan.runs.map((run, at) =>
      open.add(async () => {
        if (stop.aborted) return;
        try {
          await executeRun({
            name: run.name,
            runsFolder,
            resolved: run.resolved,
            stages,
            module,
            until: plan.until,
            // Runs that are compared do not answer to anybody: only what the sweep says now is kept.
            keepVersions: 1,
            threads,
            turn: takeTurn(at),
            sweep: plan.name,
            onEvent: (event) => onEvent(run, event),
            stop,
            kill,
          });
          onEnd(run, { state: 'finished' });
        } catch (error) {
          onEnd(run, error instanceof StageStopped ? { state: 'stopped' } : { state: 'failed', error });
        }
      }),
    ),
  );
}

/** `jobs` works at once, never two with one key, those of earlier runs first. */
function turns(jobs: number): (run: number) => Turn {
  const slots = new PQueue({ concurrency: jobs });
  const underWay = new Map<string, Promise<unknown>>();
  return (run) => async (key, work) => {
    for (let other = underWay.get(key); other; other = underWay.get(key)) await other.catch(() => {});
    const own = slots.add(work, { priority: -run });
    underWay.set(key, own);
    try {
      return (await own) as Awaited<ReturnType<typeof work>>;
    } finally {
      underWay.delete(key);
    }
  };
}
