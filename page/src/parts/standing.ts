import type { PageRun, StageSummary } from '../../../orchestrator/server/page/wire.ts';

/** The stages that a run has, by name. */
export function stagesOf(planned: PageRun['planned']): string[] {
  return planned.map((stage) => stage.slice(3));
}

export function hasIndex(stages: readonly StageSummary[]): boolean {
  return stages.some(({ stage, state }) => /item-index$/.test(stage) && state === 'done');
}

/** What the state of a run leaves open, as "It …": where it stopped or failed, or was to end; empty where all is done. */
export function standingOf({
  status,
  record,
  planned,
  stages,
}: Pick<PageRun, 'status' | 'record' | 'planned' | 'stages'>): string {
  const names = stagesOf(planned);
  const done = stages.filter(({ state }) => state === 'done').length;
  const next = names[done];
  if (status === 'damaged') return 'has a record that cannot be read';
  if (next === undefined) return '';
  switch (status) {
    case 'finished':
      return stages.every(({ state }) => state === 'done' || state === 'missing') && done > 0
        ? `was to end after ${names[done - 1]}`
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
