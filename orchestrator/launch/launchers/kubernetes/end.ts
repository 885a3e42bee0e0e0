import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { explainEnd, firstFailure, launcherLog, logsFolder, tailOf } from '../../explain-end.ts';
import type { Launch, ProgramEnd } from '../launcher.ts';
import type { TrainJobEnd } from './follow.ts';
import type { Failure } from './judge.ts';
import { manifestFile, trainJobName } from './manifest.ts';
import type { KubernetesSettings } from './settings.ts';

type OwnJob = Pick<Launch<KubernetesSettings>, 'settings' | 'result'>;

const goesOn = 'Run the same command again to resume.';

/** Why a TrainJob gave no result: the worker's own words where it has some, else those of the cluster. */
export function explainTrainJobEnd(job: OwnJob, end: TrainJobEnd, { stopped }: ProgramEnd): Error {
  const { settings, result } = job;
  const place = join(result, logsFolder);
  const fail = (name: string, message: string, remedy: string) =>
    new UserError(`kubernetes/${name}`, `TrainJob ${trainJobName(result)} ${message}`, {
      place,
      remedy: `${remedy} ${goesOn}`.trim(),
    });
  if (end.kind === 'refused') return explainRefusal(job, end.words);
  if (!stopped && firstFailure(place)) return explainEnd(result, {});
  if (end.kind === 'failed') return explainFailure(job, end.failure, stopped);
  if (end.kind === 'deleted') return fail('deleted', 'was deleted by someone else', 'Ask who did.');
  if (end.kind === 'out of sight')
    return fail(
      'out-of-sight',
      `cannot be asked for any more: ${end.words}`,
      'It may go on: the same command follows it again, or starts from the last saved state.',
    );
  if (end.kind === 'never began') {
    const { name, remedy } = neverBegan[end.because];
    return fail(name, `could not begin: ${end.why}`, remedy(settings));
  }
  const words = lastWords(place);
  return fail(
    'no-result',
    `completed, but its result is not here${words}`,
    `Check that claim ${settings.claim} is the volume that is mounted here as ${settings.shared_folder}.`,
  );
}

const neverBegan = {
  image: {
    name: 'image',
    remedy: ({ image }: KubernetesSettings) =>
      `Check launcher.image (${image}), and that the cluster may pull it (imagePullSecrets of the service account).`,
  },
  container: {
    name: 'container',
    remedy: () => 'Correct what it names under launcher: image, python_in_image, claim, shared_folder.',
  },
  time: {
    name: 'no-room',
    remedy: ({ gpus_per_node, cpus_per_node, memory, nodes, claim, start_minutes }: KubernetesSettings) =>
      `Ask for less under launcher (nodes ${nodes}, gpus_per_node ${gpus_per_node}, cpus_per_node ${cpus_per_node},` +
      ` memory ${memory}), check that claim ${claim} is there, or wait for longer than start_minutes (${start_minutes}).`,
  },
};

function explainFailure(
  { settings, result }: OwnJob,
  { reason, message, pod, exitCode }: Failure,
  stopped: boolean,
): Error {
  const place = join(result, logsFolder);
  const who = `TrainJob ${trainJobName(result)}`;
  const fail = (name: string, what: string, remedy: string) =>
    new UserError(`kubernetes/${name}`, `${who} ${what}`, { place, remedy: `${remedy} ${goesOn}`.trim() });
  if (reason === 'Evicted' || reason === 'Preempting' || reason === 'NodeLost')
    return fail('evicted', `lost pod ${pod} to its cluster: ${message}`, 'Its last saved state is kept.');
  if (stopped) return fail('stopped', 'was told to end by its cluster. Its state is saved', '');
  if (reason === 'OOMKilled')
    return fail(
      'out-of-memory',
      `ran out of memory: pod ${pod} has ${settings.memory}`,
      'Raise launcher.memory, or lower micro_batch_tokens or launcher.processes.',
    );
  if (pod === undefined)
    return fail('failed', `failed (${reason}): ${message}`, 'Correct what it names under launcher.');
  const byRank = explainEnd(result, { code: exitCode });
  if (byRank instanceof UserError) return byRank;
  return fail(
    'failed',
    `failed: pod ${pod} ended with code ${exitCode} (${reason})${lastWords(place)}`,
    'Fix what it reports; launcher.image and launcher.python_in_image decide what a pod finds.',
  );
}

const refusals: { sign: RegExp; name: string; message: string; remedy: string }[] = [
  {
    sign: /connection to the server|Unable to connect|no such host|i\/o timeout|current-context|context .* does not exist|no configuration has been provided|must be logged in/i,
    name: 'no-cluster',
    message: 'kubectl reaches no cluster',
    remedy: 'Check kubectl cluster-info, and name its context: launcher.context.',
  },
  {
    sign: /no matches for kind|could not find the requested resource/i,
    name: 'no-trainer',
    message: 'the cluster has no Kubeflow Trainer (trainer.kubeflow.org/v1alpha1)',
    remedy:
      'Ask its administrators to install Kubeflow Trainer, version 2 or later, or choose another launcher.',
  },
  {
    sign: /is forbidden/i,
    name: 'forbidden',
    message: 'you may not create a TrainJob and its TrainingRuntime there',
    remedy: 'Ask for that role in the namespace, or name another one: launcher.namespace.',
  },
  {
    sign: /immutable/i,
    name: 'other-job',
    message: 'a TrainJob with other settings is at work on this result',
    remedy: 'Give the settings it was started with, to follow it, or delete it: kubectl delete trainjob.',
  },
];

function explainRefusal({ settings, result }: OwnJob, words: string): UserError {
  const known = refusals.find(({ sign }) => sign.test(words));
  if (known)
    return new UserError(`kubernetes/${known.name}`, `${known.message}: ${words}`, {
      place: `${settings.context ?? 'current context'}, ${settings.namespace ?? 'its namespace'}`,
      remedy: known.remedy,
    });
  return new UserError('kubernetes/refused', `kubectl did not take the TrainJob: ${words}`, {
    place: manifestFile(result),
    remedy: `Correct what it names under launcher. ${goesOn}`,
  });
}

function lastWords(logs: string): string {
  const words = tailOf(join(logs, 'rank-0.log')) || tailOf(join(logs, launcherLog));
  return words ? `\nIts last words:\n${words}` : '';
}
