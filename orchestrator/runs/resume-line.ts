import { basename, dirname, join } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import { recipeName } from './run-files.ts';
import { versionIn } from './versions.ts';

/** The command that resumes a run with its own recipe; valid stages are reused. */
export function resumeLine(runFolder: string): string {
  const { root } = versionIn(runFolder);
  const runsFolder = dirname(root);
  return shellLine([
    ...['npx', 'eager-llm', 'run', join(runFolder, recipeName), '--run', basename(root)],
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
  ]);
}
