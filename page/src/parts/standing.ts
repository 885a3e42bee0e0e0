import type { PageRun, StageSummary } from '../../../orchestrator/server/page/wire.ts';

/** The stages that a run has, by name. */
export function stagesOf(planned: PageRun['planned']): string[] {
  return planned.map((stage) => stage.slice(3));
}

export function hasIndex(stages: readonly StageSummary[]): boolean {
  return stages.some(({ stage, state }) => /item-index$/.test(stage) && state === 'done');
}

/** How long a run worked: what it took over from others, and their time, is none of its own. */
export function secondsOf({ stages, failure }: Pick<PageRun, 'stages' | 'failure'>): number {
  const own = stages.filter(({ state, taken_over }) => state === 'done' && !taken_over);
  return own.reduce((sum, { seconds }) => sum + (seconds ?? 0), failure?.seconds ?? 0);
}
