import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { SentError } from '../../process/protocol.ts';
import { unpackError } from '../../process/sent-error.ts';
import { explainEnd, type RankEnd } from '../explain-end.ts';
import { findPython } from '../python-environment.ts';
import { rayEnvironment, raySource } from '../python-environments.ts';
import { endGroup } from './end-group.ts';
import type { Launch, LaunchCommand, Launcher } from './launcher.ts';
import { shardingConflicts } from './process-conflicts.ts';
import { everyLauncher, sharding } from './settings.ts';
import {
  endsWithParent,
  launcherFolder,
  workerArguments,
  workerSourceOf,
  workerVariables,
} from './worker-command.ts';

const schema = z.strictObject({
  ...everyLauncher,
  kind: z
    .literal('ray')
    .describe('workers of Ray Train (`eager-llm setup ray`), on a cluster that is there or on this machine'),
  address: z
    .string()
    .regex(/^(local|auto|(ray:\/\/)?[\w.-]+:\d+)$/, { error: 'local, auto, host:port or ray://host:port' })
    .default('local')
    .describe(
      'the cluster: local = one that begins and ends with the training; auto = the one of this machine; host:port; ray://host:port',
    ),
  workers: z.int().min(1).max(4096).default(1).describe('processes that train, each a worker of Ray'),
  cpus_per_worker: z.int().min(1).max(1024).default(1).describe('processor cores of each worker'),
  use_gpu: z.boolean().default(false).describe('a GPU for each worker'),
  restarts: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('how often Ray starts the workers again, from the saved state, when one of them has died'),
  sharding,
});

type RaySettings = z.infer<typeof schema>;

/** What the program in `trainers/ray` says. */
type RayTrainingMessage =
  | { type: 'note'; text: string }
  | ({ type: 'ended' } & RankEnd)
  | { type: 'failed'; error: SentError }
  | { type: 'finished' };

export const ray = {
  settings: schema,
  startsPrograms: ['address'],
  conflicts(settings, { device }) {
    const conflicts = shardingConflicts(settings, settings.workers, 'launcher.workers');
    if (device === 'cuda' && !settings.use_gpu)
      conflicts.push({
        setting: 'use_gpu',
        message: 'is false, so that Ray gives the workers no GPU, and peft.device is cuda',
        remedy: 'Set launcher.use_gpu to true, or peft.device to auto.',
      });
    return conflicts;
  },
  findPython({ python }) {
    findPython(null, rayEnvironment);
    return findPython(python);
  },
  start: trainingProgram,
  follow({ result }, program, report) {
    let first: RankEnd | undefined;
    let failed: SentError | undefined;
    if (program.stdout)
      createInterface({ input: program.stdout }).on('line', (line) => {
        const message = JSON.parse(line) as RayTrainingMessage;
        if (message.type === 'note') report(message);
        else if (message.type === 'ended') first = message;
        else if (message.type === 'failed') failed = message.error;
      });
    return {
      log: 'ray.log',
      remedy: 'Make the environment of Ray: npx eager-llm setup ray.',
      // The file that asks the ranks to end is looked for by the program, too.
      stop: async () => {},
      explain: async (end) => (failed ? unpackError(failed, 'Ray') : explainEnd(result, end, first)),
      // Ray's own processes may outlive a killed one.
      close: () => endGroup(program, 'SIGKILL'),
    };
  },
} satisfies Launcher<RaySettings>;

function trainingProgram({ python, settings, job, result }: Launch<RaySettings>): LaunchCommand {
  const { address, workers, cpus_per_worker, use_gpu, restarts } = settings;
  const order = join(result, launcherFolder, 'ray.json');
  const text = JSON.stringify({
    ...{ address, workers, cpus: cpus_per_worker, gpu: use_gpu, restarts, job, result },
    // Each rank is a process of its own, which ends with its worker of Ray: Ray's packages and PyTorch's stay apart.
    command: [python, ...workerArguments(job, result, settings), endsWithParent],
    variables: workerVariables(workerSourceOf(job)),
  });
  return {
    command: findPython(null, rayEnvironment),
    args: ['-m', 'eager_llm_ray', 'train', '--order', order],
    files: { [order]: `${text}\n` },
    env: workerVariables(raySource),
  };
}
