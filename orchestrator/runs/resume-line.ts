import { basename, dirname, join } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import { recipeName } from './open-run.ts';

/** The command that resumes a run with its own recipe; valid stages are reused. */
export function resumeLine(runFolder: string): string {
  const runsFolder = dirname(runFolder);
  return shellLine([
    ...['npx', 'eager-llm', 'run', join(runFolder, recipeName), '--run', basename(runFolder)],
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
  ]);
}
