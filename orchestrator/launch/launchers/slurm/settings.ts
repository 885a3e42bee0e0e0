import { z } from 'zod';
import { everyLauncher, severalProcesses, sharding } from '../settings.ts';

/** One word of a line of an sbatch script. */
const word = z.string().regex(/^[^\s#]+$/, { error: 'one word' });

export const slurmSettings = z.strictObject({
  ...everyLauncher,
  kind: z.literal('slurm').describe('a batch job of a cluster: torchrun on each of its nodes'),
  ...severalProcesses,
  sharding,
  partition: word.nullable().default(null).describe('queue of the cluster'),
  account: word.nullable().default(null).describe('account that the time is charged to'),
  time: z
    .string()
    .regex(/^(\d+-)?\d+(:\d+){0,2}$/, { error: 'days-hours:minutes:seconds, as in 1-12:00:00' })
    .default('24:00:00')
    .describe('time limit of the job'),
  gpus_per_node: z.int().min(0).max(64).default(0).describe('GPUs to request per node'),
  cpus_per_task: z.int().min(1).max(1024).default(8).describe('cores to request per node'),
  memory: word.nullable().default(null).describe('memory to request per node, as in 64G'),
  directives: z
    .array(z.string().regex(/^--[a-z][\w-]*(=\S+)?$/, { error: 'an option such as --qos=long' }))
    .default([])
    .describe('further options of sbatch'),
  prologue: z
    .array(z.string())
    .default([])
    .describe('lines of the script before the work begins, such as `module load cuda`'),
});

export type SlurmSettings = z.infer<typeof slurmSettings>;
