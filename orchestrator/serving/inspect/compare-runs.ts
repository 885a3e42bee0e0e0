import { namedFigures } from '../../evaluation/stage-figures.ts';
import { compareRuns as compare, type RunComparison } from '../../runs/read-runs.ts';

/** Settings that differ, and figures side by side, each under the protocol that its name says. */
export function compareRuns(runsFolder: string, names: string[]): RunComparison {
  return compare(runsFolder, names, namedFigures);
}
