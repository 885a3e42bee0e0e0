import type { RunSummary } from './read-runs.ts';

type Standing = Pick<RunSummary, 'status' | 'record' | 'stages'> & { planned: readonly string[] };

/** What the state of a run leaves open, as "It …": where it stopped or failed, or ended as asked; empty where all is done. */
export function standingOf({ status, record, planned, stages }: Standing): string {
  const done = stages.filter(({ state }) => state === 'done').length;
  const [last, next] = [planned[done - 1], planned[done]].map((stage) => stage?.slice(3));
  if (status === 'damaged') return 'has a record that cannot be read';
  if (next === undefined) return '';
  switch (status) {
    case 'finished':
      return stages.every(({ state }) => state === 'done' || state === 'missing') && done > 0
        ? `ended after ${last}, as asked (--until)`
        : 'has stages that have to be made anew';
    case 'running':
      return `is at ${next}`;
    case 'failed':
      return `failed in ${next}`;
    case 'interrupted':
      // A process that was killed could not record its end.
      return record?.status === 'stopped'
        ? `was stopped in ${next} and can go on`
        : `was cut off in ${next} and can go on`;
  }
}

/** How long a run worked: what it took over from others, and their time, is none of its own. */
export function ownSeconds({ stages, failure }: Pick<RunSummary, 'stages' | 'failure'>): number {
  const own = stages.filter(({ state, taken_over }) => state === 'done' && !taken_over);
  return own.reduce((sum, { seconds }) => sum + (seconds ?? 0), failure?.seconds ?? 0);
}
