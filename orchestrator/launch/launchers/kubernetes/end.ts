import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import { explainEnd, firstFailure, goesOn, lastWordsIn, logsFolder } from '../../explain-end.ts';
import type { Launch, ProgramEnd } from '../launcher.ts';
import type { TrainJobEnd } from './follow.ts';
import type { Failure } from './judge.ts';
import { manifestFile, trainJobName } from './manifest.ts';
import { explainRefusal } from './refusal.ts';
import type { KubernetesSettings } from './settings.ts';

type OwnJob = Pick<Launch<KubernetesSettings>, 'settings' | 'result'>;

/** Why a TrainJob gave no result: the worker's own words where it has some, else those of the cluster. */
export function explainTrainJobEnd(job: OwnJob, end: TrainJobEnd, { stopped }: ProgramEnd): Error {
  const { settings, result } = job;
  const place = join(result, logsFolder);
  if (end.kind === 'refused') return explainRefusal(settings, manifestFile(result), end.words);
  if (!stopped && firstFailure(place)) return explainEnd(result, {});
  if (end.kind === 'failed') return explainFailure(job, end.failure, stopped);
  if (end.kind === 'deleted') return fail(job, 'deleted', 'was deleted by someone else', 'Ask who did.');
  if (end.kind === 'out of sight')
    return fail(
      job,
      'out-of-sight',
      `cannot be asked for any more, and may go on: ${end.words}`,
      'Check kubectl cluster-info; what goes on is followed again.',
    );
  if (end.kind === 'never began') {
    const never = neverBegan[end.because];
    return fail(job, never.name, `${never.message}: ${end.why}`, never.remedy);
  }
  return fail(
    job,
    'no-result',
    `completed, but its result is not here${lastWordsIn(place)}`,
    `Check that launcher.claim (${settings.claim}) is the volume that is mounted here as launcher.shared_folder.`,
  );
}

const neverBegan = {
  image: {
    name: 'image',
    message: 'could not begin, as its image cannot be pulled',
    remedy:
      'Check launcher.image, and that the service account of the namespace may pull it (imagePullSecrets).',
  },
  container: {
    name: 'container',
    message: 'could not begin, as its container cannot be made',
    remedy: 'Correct what it names under launcher: image, python_in_image, claim, shared_folder.',
  },
  time: {
    name: 'no-room',
    message: 'had no room within launcher.start_minutes',
    remedy:
      'Ask for less (launcher.nodes, gpus_per_node, cpus_per_node, memory), check that launcher.claim is there, or wait for longer.',
  },
};

function fail({ result }: OwnJob, name: string, message: string, remedy: string): UserError {
  return new UserError(`kubernetes/${name}`, `TrainJob ${trainJobName(result)} ${message}`, {
    place: join(result, logsFolder),
    remedy: `${remedy} ${goesOn}`,
  });
}

function explainFailure(job: OwnJob, { reason, message, pod, exitCode }: Failure, stopped: boolean): Error {
  const { settings, result } = job;
  if (['Evicted', 'Preempting', 'NodeLost'].includes(reason))
    return fail(
      job,
      'evicted',
      `lost pod ${pod} to its cluster: ${message}`,
      'Its last saved state is kept (peft.checkpoint_seconds).',
    );
  if (stopped)
    return fail(
      job,
      'stopped',
      'was told to end by its cluster, and has saved its state',
      'Ask who ended it.',
    );
  if (reason === 'OOMKilled')
    return fail(
      job,
      'out-of-memory',
      `ran out of memory: pod ${pod} has ${settings.memory}`,
      'Raise launcher.memory, or lower micro_batch_tokens or launcher.processes.',
    );
  if (pod === undefined)
    return fail(
      job,
      'no-pod',
      `failed without a pod of its own (${reason}): ${message}`,
      'Correct what it names under launcher.',
    );
  const byRank = explainEnd(result, { code: exitCode });
  if (byRank instanceof UserError) return byRank;
  return fail(
    job,
    'failed',
    `failed: pod ${pod} ended with code ${exitCode} (${reason})${lastWordsIn(join(result, logsFolder))}`,
    'Fix what it reports; launcher.image and launcher.python_in_image decide what a pod finds.',
  );
}
