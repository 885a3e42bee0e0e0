import { listRuns } from '../runs/read-runs.ts';
import type { RunCard } from './contract/runs.ts';

/** Every run of a folder, the latest first, with how it stands. */
export function listRunCards(runsFolder: string): RunCard[] {
  return listRuns(runsFolder).map(({ name, status, worked_at, stages }) => ({
    name,
    status,
    updated_at: worked_at,
    stages: stages.map(({ stage, state, seconds, bytes, figures }) => ({
      stage,
      state,
      seconds,
      bytes,
      figures,
    })),
  }));
}
