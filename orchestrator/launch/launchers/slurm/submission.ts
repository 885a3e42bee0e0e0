import type { Reporter } from '../../../shared/reporter.ts';
import { endGroup } from '../end-group.ts';
import type { Program } from '../launcher.ts';
import {
  cancelWaitingJob,
  followQueue,
  livingStates,
  type SlurmJob,
  type SlurmState,
  stateOfJob,
  submittedJob,
} from './job.ts';

/** What is asked of an `sbatch --wait` while it is at work, and behind its end. */
export interface Submission {
  /** Takes the job back unless it has begun; sbatch is not waited for any longer where the job is gone. */
  cancel(): Promise<void>;
  /** What sbatch said, which job it submitted, and how that stands. */
  end(): Promise<{ words: string; job: SlurmJob | null; state: SlurmState | null }>;
  close(): void;
}

export function followSubmission(child: Program, report: Reporter): Submission {
  let words = '';
  let queue: { stop(): void } | null = null;
  const listen = (text: Buffer) => {
    words += text;
    const job = submittedJob(words.slice(0, words.lastIndexOf('\n') + 1));
    if (job && !queue) queue = followQueue(job, report);
  };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', listen);
  return {
    async cancel() {
      const job = submittedJob(words);
      // Where a site's sbatch is a script, its parts would be waited for.
      if (!job) return endGroup(child, 'SIGTERM');
      await cancelWaitingJob(job);
      const state = await stateOfJob(job);
      // A job that has begun is stopped by the file, and waited for; if Slurm has forgotten it, there is nothing to wait for.
      if (!state || !livingStates.includes(state.state)) endGroup(child, 'SIGTERM');
    },
    async end() {
      const job = submittedJob(words);
      return { words, job, state: job && (await stateOfJob(job)) };
    },
    close: () => queue?.stop(),
  };
}
