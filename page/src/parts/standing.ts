import type { PageRun, StageSummary } from '../../../orchestrator/server/page/wire.ts';

/** The stages that a run has, by name. */
export function stagesOf(planned: PageRun['planned']): string[] {
  return planned.map((stage) => stage.slice(3));
}

export function hasIndex(stages: readonly StageSummary[]): boolean {
  return stages.some(({ stage, state }) => /item-index$/.test(stage) && state === 'done');
}
