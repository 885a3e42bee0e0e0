import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reporter } from '../../../shared/reporter.ts';
import { launcherLog, logsFolder } from '../../explain-end.ts';
import type { Launch } from '../launcher.ts';
import { type Failure, judge, type Standing } from './judge.ts';
import { kubectl } from './kubectl.ts';
import { lookAt } from './look.ts';
import { manifestFile, trainJobName } from './manifest.ts';
import type { KubernetesSettings } from './settings.ts';
import { takeBack, takeBackRefused } from './take-back.ts';

/** How a TrainJob ended, as far as we waited for it. */
export type TrainJobEnd =
  | { kind: 'complete' | 'deleted' | 'taken back' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'never began'; why: string; because: 'image' | 'container' | 'time' }
  | { kind: 'out of sight'; words: string }
  | { kind: 'refused'; words: string };

type OwnJob = Pick<Launch<KubernetesSettings>, 'settings' | 'result'>;

/**
 * Waits until a TrainJob has ended, or cannot begin any more, and tells how it stands whenever that changes. Then
 * nothing of it is left in the cluster, unless that cannot be asked. `wasThere`: it is an earlier one, which may have
 * ended while nobody waited for it. Aborted, one that has not begun is taken back, and another one is waited for.
 */
export async function untilEnded(
  job: OwnJob,
  options: { wasThere: boolean; stop: AbortSignal; report: Reporter },
): Promise<TrainJobEnd> {
  const { wasThere, stop, report } = options;
  const tell = tellChanges(report, trainJobName(job.result));
  let began = Date.now();
  let unanswered = 0;
  let again = wasThere;
  for (let pause = shortestPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const look = await lookAt(job);
    if (look === null) return { kind: 'deleted' };
    if ('unknown' in look) {
      unanswered += 1;
      if (unanswered === lookAttempts) return { kind: 'out of sight', words: look.unknown };
    } else {
      unanswered = 0;
      const standing = judge(look);
      if (again && (standing.state === 'failed' || standing.state === 'complete')) {
        await takeBack(job);
        const applied = await kubectl(job.settings, 'apply', '-f', manifestFile(job.result));
        if (applied.failed) {
          await takeBackRefused(job, applied.stdout);
          return { kind: 'refused', words: applied.words };
        }
      } else {
        const end = endOf(standing, stop.aborted, (Date.now() - began) / 60_000, job.settings);
        if (end) {
          if (end.kind === 'failed') await keepLogs(job, end.failure);
          await takeBack(job);
          return end;
        }
        tell(standing);
        if (standing.state === 'running') began = Date.now();
      }
      again = false;
    }
    await sleep(stop.aborted ? shortestPause : pause, undefined, {
      signal: stop.aborted ? undefined : stop,
    }).catch(() => {});
  }
}

const shortestPause = 1000;
const longestPause = 10_000;
/** Without an answer: about five minutes. */
const lookAttempts = 30;

/** null: it goes on. `minutes`: for so long its pods have waited. */
export function endOf(
  standing: Standing,
  stopped: boolean,
  minutes: number,
  { start_minutes }: KubernetesSettings,
): TrainJobEnd | null {
  if (standing.state === 'complete') return { kind: 'complete' };
  if (standing.state === 'failed') return { kind: 'failed', failure: standing.failure };
  if (standing.state === 'running') return null;
  if (stopped) return { kind: 'taken back' };
  const { why, hopeless } = standing;
  if (hopeless) return { kind: 'never began', why, because: hopeless };
  return minutes > start_minutes ? { kind: 'never began', why, because: 'time' } : null;
}

/** torchrun says there which rank ended first. */
async function keepLogs({ settings, result }: OwnJob, { pod }: Failure): Promise<void> {
  if (!pod) return;
  const { stdout } = await kubectl(settings, 'logs', pod, '--tail=500');
  writeFileSync(join(result, logsFolder, launcherLog), stdout);
}

function tellChanges(report: Reporter, name: string): (standing: Standing) => void {
  let told = '';
  return (standing) => {
    const text =
      standing.state === 'waiting'
        ? `TrainJob ${name} waits: ${standing.why}`
        : standing.state === 'running'
          ? `TrainJob ${name} runs on ${standing.nodes.join(', ')}`
          : told;
    if (text === told) return;
    told = text;
    report({ type: 'note', text });
  };
}
