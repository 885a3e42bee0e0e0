import { z } from 'zod';
import type { Launcher } from './launcher.ts';
import { meetingConflicts, withOtherNodes } from './other-nodes.ts';
import { everyLauncher, rendezvous, severalProcesses, sharding } from './settings.ts';
import { endsWithParent, torchrunArguments, workerArguments } from './worker-command.ts';

const schema = z.strictObject({
  ...everyLauncher,
  kind: z.literal('torchrun').describe('processes on one machine or several, by torchrun'),
  ...severalProcesses,
  rendezvous,
  sharding,
});

export const torchrun = {
  settings: schema,
  startsPrograms: ['rendezvous'],
  conflicts: meetingConflicts,
  start({ python, settings, job, result }) {
    const { processes, nodes, rendezvous } = settings;
    const args = [
      ...torchrunArguments(processes, nodes, rendezvous),
      ...workerArguments(job, result, settings),
      endsWithParent,
    ];
    return withOtherNodes({ command: python, args, files: {} }, settings, job);
  },
} satisfies Launcher<z.infer<typeof schema>>;
