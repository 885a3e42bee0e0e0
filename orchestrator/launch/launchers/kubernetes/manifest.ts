import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { UserError } from '../../../shared/errors.ts';
import { hashJson } from '../../../storage/hash.ts';
import type { Launch } from '../launcher.ts';
import { launcherFolder, workerArguments, workerSourceOf, workerVariables } from '../worker-command.ts';
import type { KubernetesSettings } from './settings.ts';

/** Of the TrainJob and of its runtime. One result has one name, so that a second TrainJob cannot write to it. */
export function trainJobName(result: string): string {
  return `eager-llm-${hashJson(result).slice(0, 8)}`;
}

export function manifestFile(result: string): string {
  return join(result, launcherFolder, 'train-job.yaml');
}

/** Both objects, as kubectl reads them. */
export function manifest(launch: Launch<KubernetesSettings>): string {
  for (const folder of [launch.job, launch.result]) checkIsShared(launch.settings, folder);
  return [trainingRuntime(launch), trainJob(launch)].map((each) => stringify(each)).join('---\n');
}

const apiVersion = 'trainer.kubeflow.org/v1alpha1';

/**
 * What Kubeflow's own runtimes do not have: the volume, and no pod that is started again behind our back. A runtime of
 * ours says so in every version of Kubeflow Trainer, while the way in which a TrainJob may change another runtime has
 * changed between them.
 */
function trainingRuntime({ settings, result }: Launch<KubernetesSettings>) {
  const { nodes, image, claim, shared_folder } = settings;
  const pod = {
    restartPolicy: 'Never',
    // Told to end, the ranks finish their update and save.
    terminationGracePeriodSeconds: 300,
    ...owner(),
    containers: [
      {
        name: 'node',
        image,
        volumeMounts: [
          { name: 'shared', mountPath: shared_folder },
          { name: 'memory', mountPath: '/dev/shm' },
        ],
      },
    ],
    volumes: [
      { name: 'shared', persistentVolumeClaim: { claimName: claim } },
      // By which ranks of a node talk; the usual 64 MB are too few for NCCL.
      { name: 'memory', emptyDir: { medium: 'Memory' } },
    ],
  };
  const job = {
    metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
    spec: { backoffLimit: 0, template: { spec: pod } },
  };
  return {
    apiVersion,
    kind: 'TrainingRuntime',
    metadata: metadata(settings, result),
    spec: {
      mlPolicy: { numNodes: nodes, torch: {} },
      template: { spec: { replicatedJobs: [{ name: 'node', template: job }] } },
    },
  };
}

function trainJob({ settings, job, result }: Launch<KubernetesSettings>) {
  const { nodes, processes, image, python_in_image, gpus_per_node, gpu_resource, cpus_per_node, memory } =
    settings;
  const resources = {
    cpu: cpus_per_node,
    memory,
    ...(gpus_per_node > 0 ? { [gpu_resource]: gpus_per_node } : {}),
  };
  // Kubeflow's variables PET_NODE_RANK, PET_MASTER_ADDR and PET_MASTER_PORT tell torchrun where the nodes meet.
  const torchrun = ['-m', 'torch.distributed.run', '--nnodes', String(nodes)];
  const processesOfNode = ['--nproc-per-node', String(processes), '--max-restarts', '0'];
  const variables = { ...workerVariables(workerSourceOf(job)), HOME: '/tmp' };
  return {
    apiVersion,
    kind: 'TrainJob',
    metadata: metadata(settings, result),
    spec: {
      runtimeRef: {
        apiGroup: 'trainer.kubeflow.org',
        kind: 'TrainingRuntime',
        name: trainJobName(result),
      },
      trainer: {
        image,
        command: [
          python_in_image,
          ...torchrun,
          ...processesOfNode,
          ...workerArguments(job, result, settings),
        ],
        env: Object.entries(variables).map(([name, value]) => ({ name, value })),
        numNodes: nodes,
        numProcPerNode: processes,
        // With limits alone, Kubeflow would take a process a pod.
        resourcesPerNode: { requests: resources, limits: resources },
      },
    },
  };
}

function metadata({ namespace }: KubernetesSettings, result: string) {
  return { name: trainJobName(result), ...(namespace ? { namespace } : {}) };
}

/** The files that pods write are this user's, as those of any other launcher. */
function owner() {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  return user === 0 ? {} : { securityContext: { runAsUser: user, runAsGroup: group } };
}

/** Throws a UserError for a folder that pods do not see. */
export function checkIsShared({ shared_folder }: KubernetesSettings, folder: string): void {
  const way = relative(shared_folder, folder);
  if (way === '..' || way.startsWith('../'))
    throw new UserError('kubernetes/not-shared', `pods see ${shared_folder} alone`, {
      place: folder,
      remedy: 'Start in that folder (--runs-dir), or correct launcher.shared_folder.',
    });
}
