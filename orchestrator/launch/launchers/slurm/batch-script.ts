import { basename, join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { shellWord } from '../../../shared/shell-line.ts';
import { hashJson } from '../../../storage/hash.ts';
import { launcherLog, logsFolder } from '../../explain-end.ts';
import type { Launch, LaunchCommand } from '../launcher.ts';
import {
  launcherFolder,
  torchrunArguments,
  workerArguments,
  workerSourceOf,
  workerVariables,
} from '../worker-command.ts';
import type { SlurmSettings } from './settings.ts';

/** Of one job as of an array, each in a folder of its own. */
export const scriptName = 'train.sbatch';

/** Submits a batch job and waits for its end; its exit code is the job's. */
export function submitCommand(launch: Launch<SlurmSettings>): LaunchCommand {
  const script = join(launch.result, launcherFolder, scriptName);
  return {
    command: 'sbatch',
    args: ['--wait', '--parsable', script],
    files: { [script]: slurmScript(launch) },
  };
}

/** Seconds before the time is up: enough to finish an update and to save the state, and never most of the time. */
function secondsToSave(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') : [null, time];
  const parts = clock.split(':').map(Number);
  // `minutes`, `minutes:seconds`, `hours:minutes:seconds`; behind days `hours`, `hours:minutes`, `hours:minutes:seconds`.
  const [hours, minutes, seconds] =
    days !== null ? [...parts, 0, 0] : parts.length === 3 ? parts : [0, ...parts, 0];
  const total = Number(days ?? 0) * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return Math.max(1, Math.min(180, Math.floor(total / 2)));
}

/** One torchrun on each node. A second submission for the same result waits for the first (`singleton`). */
export function slurmScript({ python, settings, job, result }: Launch<SlurmSettings>): string {
  return batchScript({
    settings,
    about: `Written by eager-llm for ${basename(result)}; submit it again to resume.`,
    options: [
      `--job-name=eager-llm-${hashJson(result).slice(0, 8)}`,
      '--dependency=singleton',
      outputOption(join(result, logsFolder, launcherLog)),
    ],
    before: [],
    python,
    job,
    result,
    standIns: {},
  });
}

export interface BatchScript {
  settings: SlurmSettings;
  /** A line for people. */
  about: string;
  /** Of sbatch, before those of the settings. */
  options: string[];
  /** Lines of the script before the prologue. */
  before: string[];
  python: string;
  job: string;
  result: string;
  /** Further arguments of the worker. */
  more?: string[];
  /** Words that only the script knows, and what the shell puts in their place. */
  standIns: Record<string, string>;
}

/** A script for sbatch: options, prologue, and one torchrun on each node. */
export function batchScript({
  settings,
  about,
  options,
  before,
  python,
  job,
  result,
  more = [],
  standIns,
}: BatchScript): string {
  const { nodes, processes, cpus_per_task, prologue } = settings;
  const words = { ...standIns, [firstNode]: '"$first_node:29500"' };
  const variables = workerVariables(workerSourceOf(job));
  const work = [
    ...torchrunArguments(processes, nodes, nodes > 1 ? firstNode : null),
    ...workerArguments(job, result, settings),
    ...more,
  ];
  return [
    '#!/bin/bash',
    `# ${about}`,
    ...[...options, ...optionsOf(settings)].map((option) => `#SBATCH ${option}`),
    'set -e',
    // Since 22.05 srun no longer inherits --cpus-per-task from the job, and would give the work a single core.
    `export SRUN_CPUS_PER_TASK="\${SLURM_CPUS_PER_TASK:-${cpus_per_task}}"`,
    ...before,
    ...prologue,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value, words)}`),
    ...(nodes > 1 ? ['first_node=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)'] : []),
    `exec srun --kill-on-bad-exit=1 ${[python, ...work].map((word) => quote(word, words)).join(' ')}`,
    '',
  ].join('\n');
}

function optionsOf({
  nodes,
  partition,
  account,
  time,
  gpus_per_node,
  cpus_per_task,
  memory,
  directives,
}: SlurmSettings): string[] {
  return [
    `--nodes=${nodes}`,
    '--ntasks-per-node=1',
    `--cpus-per-task=${cpus_per_task}`,
    `--time=${time}`,
    '--open-mode=append',
    `--signal=TERM@${secondsToSave(time)}`,
    ...(partition ? [`--partition=${partition}`] : []),
    ...(account ? [`--account=${account}`] : []),
    ...(memory ? [`--mem=${memory}`] : []),
    ...(gpus_per_node > 0 ? [`--gpus-per-node=${gpus_per_node}`] : []),
    ...directives,
  ];
}

/** A file by its path as it is: sbatch splits lines at blanks, and puts something in the place of a `%` and a letter. */
function outputOption(path: string): string {
  if (/[\n\r\\]/.test(path))
    throw new UserError('slurm/path', 'a path with a line break or a backslash cannot be given to sbatch', {
      place: path,
      remedy: 'Choose another folder of runs: --runs-dir.',
    });
  const word = path.replaceAll('%', '%%');
  return `--output=${/^[\w./:@%+,-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`}`;
}

/** Stands in for a host that only the script knows. */
const firstNode = 'first-node:29500';

function quote(word: string, standIns: Record<string, string>): string {
  return standIns[word] ?? shellWord(word);
}
