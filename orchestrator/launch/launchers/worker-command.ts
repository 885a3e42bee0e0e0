import { join } from 'node:path';
import { workerFolder } from '../../peft-job/job-file.ts';
import type { LauncherSettings } from './launcher.ts';

/** Where a launcher keeps what it writes, in the folder of the result. */
export const launcherFolder = 'launcher';

/** The worker ends when its standard input closes: when we are gone, it would work for nobody. */
export const endsWithParent = '--end-with-parent';

/** What is behind Python, for one process. */
export function workerArguments(job: string, result: string, { sharding }: LauncherSettings): string[] {
  return [
    ...['-m', 'eager_llm_peft', 'train', '--job', job, '--result', result],
    ...(sharding ? ['--sharding', sharding] : []),
  ];
}

/** A rank that dies ends all; the state is on disk, and eager-llm starts anew from it when it is told to. */
export function torchrunArguments(processes: number, nodes: number, rendezvous: string | null): string[] {
  return [
    ...['-m', 'torch.distributed.run', '--nnodes', String(nodes), '--nproc-per-node', String(processes)],
    ...['--max-restarts', '0'],
    ...(rendezvous
      ? ['--rdzv-backend', 'c10d', '--rdzv-endpoint', rendezvous, '--rdzv-id', 'eager-llm']
      : ['--standalone']),
  ];
}

/** The worker that travels with a job. */
export function workerSourceOf(job: string): string {
  return join(job, workerFolder);
}

/** Finds the worker's package in `source`, and keeps what it prints in order. */
export function workerVariables(source: string): Record<string, string> {
  return {
    PYTHONPATH: source,
    // Ignores modules in the user's current folder.
    PYTHONSAFEPATH: '1',
    PYTHONUNBUFFERED: '1',
    TOKENIZERS_PARALLELISM: 'false',
  };
}
