import { z } from 'zod';
import type { Launcher } from './launcher.ts';
import { everyLauncher } from './settings.ts';
import { endsWithParent, workerArguments } from './worker-command.ts';

const schema = z.strictObject({
  ...everyLauncher,
  kind: z.literal('local').describe('one process on this machine'),
});

export const local = {
  settings: schema,
  startsPrograms: [],
  start: ({ python, settings, job, result }) => ({
    command: python,
    args: [...workerArguments(job, result, settings), endsWithParent],
    files: {},
  }),
} satisfies Launcher<z.infer<typeof schema>>;
