import { z } from 'zod';
import type { Launch } from '../launcher.ts';
import { type KubectlAnswer, kubectl } from './kubectl.ts';
import { trainJobName } from './manifest.ts';
import type { KubernetesSettings } from './settings.ts';

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(''),
  message: z.string().default(''),
});

const containerState = z.object({
  waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
  running: z.object({}).optional(),
  terminated: z
    .object({
      exitCode: z.int(),
      signal: z.int().optional(),
      reason: z.string().default(''),
      message: z.string().default(''),
      finishedAt: z.string().default(''),
    })
    .optional(),
});

const podSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ nodeName: z.string().optional() }).default({}),
  status: z
    .object({
      phase: z.string().default('Pending'),
      reason: z.string().default(''),
      message: z.string().default(''),
      conditions: z.array(condition).default([]),
      containerStatuses: z.array(z.object({ state: containerState.default({}) })).default([]),
    })
    .prefault({}),
});

const trainJobSchema = z.object({
  status: z.object({ conditions: z.array(condition).default([]) }).prefault({}),
});

const eventSchema = z.object({
  involvedObject: z.object({ name: z.string().default('') }),
  message: z.string().default(''),
});

export type Condition = z.infer<typeof condition>;
export type Pod = z.infer<typeof podSchema>;

/** What the cluster says of a TrainJob at one moment. */
export interface Look {
  /** Those that are true. */
  conditions: Condition[];
  pods: Pod[];
  /** The last warning about anything of the TrainJob. */
  warning: string;
}

/** null: it is not there; words: the cluster could not be asked. */
export async function lookAt({
  settings,
  result,
}: Pick<Launch<KubernetesSettings>, 'settings' | 'result'>): Promise<Look | null | { unknown: string }> {
  const name = trainJobName(result);
  const job = await kubectl(settings, 'get', trainJobs, name, '-o', 'json');
  if (job.failed) return /NotFound/.test(job.words) ? null : { unknown: job.words };
  const pods = await kubectl(settings, 'get', 'pods', '-l', podsOf(name), '-o', 'json');
  const events = await kubectl(settings, 'get', 'events', '--field-selector', 'type=Warning', '-o', 'json');
  if (pods.failed) return { unknown: pods.words };
  return {
    conditions: read(trainJobSchema, job.stdout).status.conditions.filter(({ status }) => status === 'True'),
    pods: read(z.object({ items: z.array(podSchema) }), pods.stdout).items,
    // Who may not read events is told less.
    warning: events.failed ? '' : lastWarning(events.stdout, name),
  };
}

/** Whether the cluster answers, knows TrainJobs and lets one ask for them; there need not be any. */
export function askForTrainJobs(settings: KubernetesSettings): Promise<KubectlAnswer> {
  return kubectl(settings, 'get', trainJobs, 'eager-llm', '--ignore-not-found', '--request-timeout=30s');
}

const trainJobs = 'trainjobs.trainer.kubeflow.org';

/** Selects the pods of a TrainJob: its JobSet has the same name. */
function podsOf(name: string): string {
  return `jobset.sigs.k8s.io/jobset-name=${name}`;
}

function lastWarning(text: string, name: string): string {
  const { items } = read(z.object({ items: z.array(eventSchema) }), text);
  const last = items.findLast(({ involvedObject }) => involvedObject.name.startsWith(name));
  return last?.message ?? '';
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text));
}
