import { readdirSync, readFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { readMetrics } from '../../orchestrator/training/metrics-log.ts';
import type { PreparedRun } from './prepared-run.ts';

/** Parts of the prepared recipe. */
const parts = ['01-plain', '02-contrast', '03-adapter'];
/** Short, and every state is saved, so that a kill loses little. */
export const settings = [
  'engine=peft',
  'peft.checkpoint_seconds=0',
  'training.validation_users=20',
  'training.stages.0.epochs=1',
  'training.stages.1.epochs=2',
  'training.stages.2.epochs=2',
];

/** What one process learns: the run `one`. */
export async function trainAlone(t: ExecutionContext, prepared: PreparedRun): Promise<void> {
  t.timeout(600_000);
  const { exitCode, stderr } = await prepared.run('one', settings);
  t.is(exitCode, 0, String(stderr));
}

/** A run has the losses of one process. */
export function sameMetrics(t: ExecutionContext, prepared: PreparedRun, run: string): void {
  for (const part of parts) {
    const expected = readMetrics(prepared.training('one', part));
    const found = readMetrics(prepared.training(run, part));
    t.deepEqual(
      found.map(({ step, epoch }) => [step, epoch]),
      expected.map(({ step, epoch }) => [step, epoch]),
      part,
    );
    for (const [at, { loss = 0 }] of expected.entries())
      t.true(
        Math.abs((found[at].loss ?? 0) - loss) < 1e-4,
        `${part}, line ${at}: ${loss} and ${found[at].loss}`,
      );
  }
}

/** The process of a rank that works on a result folder (Linux). */
export function rankProcess(result: string, rank: number): number {
  const found = findRank(result, rank);
  if (found === null) throw new Error(`rank ${rank} is not at work on ${result}`);
  return found;
}

/** The same; null where it is not there yet, or no longer. */
export function findRank(result: string, rank: number): number | null {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      const isWorker = command.includes('eager_llm_peft') && command.includes(result);
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (isWorker && environment.includes(`RANK=${rank}`)) return Number(name);
    } catch {}
  return null;
}
