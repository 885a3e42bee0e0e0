import type { Launch } from '../launcher.ts';
import { kubectl } from './kubectl.ts';
import { lookAt } from './look.ts';
import { manifestFile, trainJobName } from './manifest.ts';
import type { KubernetesSettings } from './settings.ts';

type OwnJob = Pick<Launch<KubernetesSettings>, 'settings' | 'result'>;

/** Both objects, with the pods: waits until they have ended. */
export async function takeBack({ settings, result }: OwnJob): Promise<void> {
  await kubectl(settings, 'delete', '-f', manifestFile(result), '--ignore-not-found', '--cascade=foreground');
}

/**
 * The runtime that a refused TrainJob leaves, as it is applied first; not that of a TrainJob which is there, and was
 * refused other settings. `words`: what kubectl said.
 */
export async function takeBackRefused(job: OwnJob, words: string): Promise<void> {
  const applied = /trainingruntime\S* (created|configured|unchanged)/.exec(words);
  if (!applied) return;
  const look = await lookAt(job);
  // Who may not ask for the TrainJob takes back what is surely new.
  const isAlone = look === null || ('unknown' in look && applied[1] === 'created');
  if (isAlone)
    await kubectl(job.settings, 'delete', runtimes, trainJobName(job.result), '--ignore-not-found');
}

const runtimes = 'trainingruntimes.trainer.kubeflow.org';
