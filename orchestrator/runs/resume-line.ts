import { basename, dirname, join } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import { recipeName } from './run-files.ts';
import { stageNames } from './stage-names.ts';
import { versionIn } from './versions.ts';

/** The command that resumes a run with its own recipe; valid stages are reused. */
export function resumeLine(runFolder: string): string {
  return lineOf(runFolder, basename(versionIn(runFolder).root));
}

/** The command that makes a run once more from its own recipe: under another name, every stage anew. */
export function againLine(runFolder: string): string {
  const { root } = versionIn(runFolder);
  return lineOf(runFolder, `${basename(root)}-again`, ['--from', stageNames[0]]);
}

function lineOf(runFolder: string, name: string, more: readonly string[] = []): string {
  const runsFolder = dirname(versionIn(runFolder).root);
  return shellLine([
    ...['npx', 'eager-llm', 'run', join(runFolder, recipeName), '--run', name],
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...more,
  ]);
}
