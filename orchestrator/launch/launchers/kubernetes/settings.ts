import { z } from 'zod';
import { everyLauncher, severalProcesses, sharding } from '../settings.ts';

const label = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, { error: 'small letters, digits and dashes, 63 at most' });

export const kubernetesSettings = z.strictObject({
  ...everyLauncher,
  kind: z
    .literal('kubernetes')
    .describe('a TrainJob of Kubeflow Trainer, applied with kubectl: torchrun in a pod on each node'),
  ...severalProcesses,
  sharding,
  image: z
    .string()
    .max(500)
    .regex(/^\S+$/, { error: 'a name such as registry/image:tag' })
    .describe('container image with Python and the packages of `worker/requirements.txt`'),
  python_in_image: z.string().min(1).default('python3').describe('Python of the worker in the image'),
  claim: z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, { error: 'the name of a PersistentVolumeClaim' })
    .describe(
      'PersistentVolumeClaim of the volume that holds the runs; all nodes and this machine write to it',
    ),
  shared_folder: z
    .string()
    .regex(/^\/[^\n]*[^/\n]$/, { error: 'an absolute path, as in /mnt/shop' })
    .describe('folder where that volume is mounted: on this machine, and by this setting in the pods'),
  namespace: label.nullable().default(null).describe('namespace; null = that of the context'),
  context: z
    .string()
    .regex(/^[^\s-]\S*$/, { error: 'one word' })
    .nullable()
    .default(null)
    .describe('context of kubectl, which names the cluster; null = the current one'),
  gpus_per_node: z.int().min(0).max(64).default(0).describe('GPUs of each pod'),
  gpu_resource: z
    .string()
    .regex(/^[a-z0-9.-]+\/[\w.-]+$/, { error: 'a resource such as nvidia.com/gpu' })
    .default('nvidia.com/gpu')
    .describe('how the cluster calls its GPUs'),
  cpus_per_node: z.int().min(1).max(1024).default(8).describe('processor cores of each pod'),
  memory: z
    .string()
    .regex(/^\d+(\.\d+)?[KMGT]i?$/, { error: 'an amount such as 64Gi' })
    .default('16Gi')
    .describe('memory of each pod, shared memory included; with more it is ended'),
  start_minutes: z
    .int()
    .min(1)
    .max(100_000)
    .default(30)
    .describe('how long the pods may wait for room, before it is an error'),
});

export type KubernetesSettings = z.infer<typeof kubernetesSettings>;
