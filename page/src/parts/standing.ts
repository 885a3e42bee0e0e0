import type { RunSummary } from '../../../orchestrator/server/page/wire.ts';

const allStages = ['dataset', 'embedding', 'item-index', 'vocabulary', 'prompts', 'training', 'evaluation'];

/** The stages that a run has, by name; all seven where it does not say. */
export function stagesOf(planned: RunSummary['planned']): string[] {
  return planned?.map((stage) => stage.slice(3)) ?? allStages;
}

/** What the state of a run leaves open, as "It …": where it stopped or failed, or was to end; empty where all is done. */
export function standingOf({
  status,
  planned,
  stages,
}: Pick<RunSummary, 'status' | 'planned' | 'stages'>): string {
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
      return `stopped in ${next} and can go on`;
  }
}
