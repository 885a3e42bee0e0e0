import { z } from 'zod';

const everyLauncher = {
  python: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Python of the worker; null = the environment that `eager-llm setup peft` made'),
};

/** One word of a line of an sbatch script. */
const word = z.string().regex(/^[^\s#]+$/, { error: 'one word' });

const processes = z.int().min(1).max(1024).default(1).describe('processes on each node, one a GPU');
const nodes = z.int().min(1).max(4096).default(1).describe('machines');
const rendezvous = z
  .string()
  .regex(/^[\w.-]+:\d+$/, { error: 'host:port, as in node-1:29500' })
  .nullable()
  .default(null)
  .describe('host:port of the first node, where all nodes meet; null = one node');

const sharding = z
  .enum(['none', 'fsdp'])
  .default('none')
  .describe('none: every process holds the whole model; fsdp: its weights are shared out among them');

const local = z.strictObject({
  ...everyLauncher,
  kind: z.literal('local').describe('one process on this machine'),
});

const torchrun = z.strictObject({
  ...everyLauncher,
  kind: z.literal('torchrun').describe('processes on one machine or several, by torchrun'),
  processes,
  nodes,
  rendezvous,
  sharding,
});

const accelerate = z.strictObject({
  ...everyLauncher,
  kind: z.literal('accelerate').describe('as torchrun, by `accelerate launch` and a written config file'),
  processes,
  nodes,
  rendezvous,
  sharding,
});

const slurm = z.strictObject({
  ...everyLauncher,
  kind: z.literal('slurm').describe('a batch job of a cluster: torchrun on each of its nodes'),
  processes,
  nodes,
  sharding,
  partition: word.nullable().default(null).describe('queue of the cluster'),
  account: word.nullable().default(null).describe('whom the time is charged to'),
  time: z
    .string()
    .regex(/^(\d+-)?\d+(:\d+){0,2}$/, { error: 'days-hours:minutes:seconds, as in 1-12:00:00' })
    .default('24:00:00')
    .describe('most time that it may take'),
  gpus_per_node: z.int().min(0).max(64).default(0).describe('GPUs to ask for on each node'),
  cpus_per_task: z.int().min(1).max(1024).default(8).describe('cores to ask for on each node'),
  memory: word.nullable().default(null).describe('memory of a node, as in 64G'),
  directives: z
    .array(z.string().regex(/^--[a-z][\w-]*(=\S+)?$/, { error: 'an option such as --qos=long' }))
    .default([])
    .describe('further options of sbatch'),
  prologue: z
    .array(z.string())
    .default([])
    .describe('lines of the script before the work begins, such as `module load cuda`'),
});

/** How the PyTorch engine is started; read with `engine: peft` alone. It changes no result. */
export const launcherSection = z.discriminatedUnion('kind', [local, torchrun, accelerate, slurm]);

export type Launcher = z.infer<typeof launcherSection>;
export type LauncherOf<Kind extends Launcher['kind']> = Extract<Launcher, { kind: Kind }>;
