import { basename, dirname, join } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import { recipeName } from './open-run.ts';

/** The command that goes on with a run, by the recipe that it has; stages that stand are reused. */
export function resumeLine(runFolder: string): string {
  const runsFolder = dirname(runFolder);
  return shellLine([
    ...['npx', 'eager-llm', 'run', join(runFolder, recipeName), '--run', basename(runFolder)],
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
  ]);
}
