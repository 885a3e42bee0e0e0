import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import type { LauncherOf } from '../recipe/sections/launcher.ts';
import { hashJson } from '../storage/hash.ts';
import { logsFolder } from './explain-end.ts';
import {
  type Launch,
  type LaunchCommand,
  launcherFolder,
  torchrun,
  workerArguments,
  workerSourceOf,
} from './launch-command.ts';
import { workerVariables } from './python-environment.ts';

/** Submits a batch job and waits for its end; its exit code is the job's. */
export function submitCommand(launch: Launch): LaunchCommand {
  const script = join(launch.result, launcherFolder, 'train.sbatch');
  return {
    command: 'sbatch',
    args: ['--wait', '--parsable', script],
    files: { [script]: slurmScript(launch) },
  };
}

/** Takes a job that has not begun out of the queue; `log` holds what sbatch said, its number in the first line. */
export async function cancelWaitingJob(log: string): Promise<void> {
  const id = /^(\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
  if (id) await execa('scancel', ['--state=PENDING', id], { reject: false });
}

/** Seconds before the time is up: enough to finish an update and to save the state. */
const secondsToSave = 180;

/** One torchrun on each node. A second submission for the same result waits for the first (`singleton`). */
export function slurmScript({ python, launcher, job, result }: Launch): string {
  const {
    nodes,
    processes,
    partition,
    account,
    time,
    gpus_per_node,
    cpus_per_task,
    memory,
    directives,
    prologue,
  } = launcher as LauncherOf<'slurm'>;
  const options = [
    `--job-name=eager-llm-${hashJson(result).slice(0, 8)}`,
    '--dependency=singleton',
    `--nodes=${nodes}`,
    '--ntasks-per-node=1',
    `--cpus-per-task=${cpus_per_task}`,
    `--time=${time}`,
    `--output=${join(result, logsFolder, 'launcher.log')}`,
    '--open-mode=append',
    `--signal=TERM@${secondsToSave}`,
    ...(partition ? [`--partition=${partition}`] : []),
    ...(account ? [`--account=${account}`] : []),
    ...(memory ? [`--mem=${memory}`] : []),
    ...(gpus_per_node > 0 ? [`--gpus-per-node=${gpus_per_node}`] : []),
    ...directives,
  ];
  const variables = workerVariables(workerSourceOf(job));
  const work = [
    ...torchrun(processes, nodes, nodes > 1 ? rendezvousPlace : null),
    ...workerArguments(job, result, launcher),
  ];
  return [
    '#!/bin/bash',
    `# Written by eager-llm for ${basename(result)}; submit it again and it goes on where it was.`,
    ...options.map((option) => `#SBATCH ${option}`),
    'set -e',
    ...prologue,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`),
    ...(nodes > 1 ? ['first_node=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)'] : []),
    `exec srun --kill-on-bad-exit=1 ${[python, ...work].map(quote).join(' ')}`,
    '',
  ]
    .join('\n')
    .replaceAll(quote(rendezvousPlace), '"$first_node:29500"');
}

/** Stands in for a host that only the script knows. */
const rendezvousPlace = 'first-node:29500';

/** As one word of a shell, whatever is in it. */
function quote(word: string): string {
  return /^[\w./:=@-]+$/.test(word) && word !== rendezvousPlace ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
