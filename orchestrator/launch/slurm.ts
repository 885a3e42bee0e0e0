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
  return batchScript({
    launcher: launcher as LauncherOf<'slurm'>,
    about: `Written by eager-llm for ${basename(result)}; submit it again and it goes on where it was.`,
    options: [
      `--job-name=eager-llm-${hashJson(result).slice(0, 8)}`,
      '--dependency=singleton',
      `--output=${join(result, logsFolder, 'launcher.log')}`,
    ],
    before: [],
    python,
    job,
    result,
    standIns: {},
  });
}

export interface BatchScript {
  launcher: LauncherOf<'slurm'>;
  /** A line for people. */
  about: string;
  /** Of sbatch, before those of the launcher. */
  options: string[];
  /** Lines of the script before the prologue. */
  before: string[];
  python: string;
  job: string;
  result: string;
  /** Words that only the script knows, and what the shell puts in their place. */
  standIns: Record<string, string>;
}

/** A script for sbatch: options, prologue, and one torchrun on each node. */
export function batchScript({
  launcher,
  about,
  options,
  before,
  python,
  job,
  result,
  standIns,
}: BatchScript): string {
  const { nodes, processes, prologue } = launcher;
  const words = { ...standIns, [firstNode]: '"$first_node:29500"' };
  const variables = workerVariables(workerSourceOf(job));
  const work = [
    ...torchrun(processes, nodes, nodes > 1 ? firstNode : null),
    ...workerArguments(job, result, launcher),
  ];
  return [
    '#!/bin/bash',
    `# ${about}`,
    ...[...options, ...launcherOptions(launcher)].map((option) => `#SBATCH ${option}`),
    'set -e',
    ...before,
    ...prologue,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value, words)}`),
    ...(nodes > 1 ? ['first_node=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)'] : []),
    `exec srun --kill-on-bad-exit=1 ${[python, ...work].map((word) => quote(word, words)).join(' ')}`,
    '',
  ].join('\n');
}

function launcherOptions({
  nodes,
  partition,
  account,
  time,
  gpus_per_node,
  cpus_per_task,
  memory,
  directives,
}: LauncherOf<'slurm'>): string[] {
  return [
    `--nodes=${nodes}`,
    '--ntasks-per-node=1',
    `--cpus-per-task=${cpus_per_task}`,
    `--time=${time}`,
    '--open-mode=append',
    `--signal=TERM@${secondsToSave}`,
    ...(partition ? [`--partition=${partition}`] : []),
    ...(account ? [`--account=${account}`] : []),
    ...(memory ? [`--mem=${memory}`] : []),
    ...(gpus_per_node > 0 ? [`--gpus-per-node=${gpus_per_node}`] : []),
    ...directives,
  ];
}

/** Stands in for a host that only the script knows. */
const firstNode = 'first-node:29500';

/** As one word of a shell, whatever is in it. */
function quote(word: string, standIns: Record<string, string>): string {
  if (standIns[word] !== undefined) return standIns[word];
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
