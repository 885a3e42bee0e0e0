import { z } from 'zod';

/** What every launcher has. */
export const everyLauncher = {
  python: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Python of the worker; null = the environment that `eager-llm setup peft` made'),
};

/** What those have that start several processes. */
export const severalProcesses = {
  processes: z.int().min(1).max(1024).default(1).describe('processes on each node, one a GPU'),
  nodes: z.int().min(1).max(4096).default(1).describe('machines'),
};

export const sharding = z
  .enum(['none', 'fsdp', 'deepspeed'])
  .default('none')
  .describe(
    'none: every process holds the whole model; fsdp: its weights are split across them; deepspeed: the same by ZeRO-3 of DeepSpeed (`eager-llm setup deepspeed`)',
  );

export const rendezvous = z
  .string()
  .regex(/^[\w.-]+:\d+$/, { error: 'host:port, as in node-1:29500' })
  .nullable()
  .default(null)
  .describe('host:port of the first node, where all nodes meet; null = one node');
