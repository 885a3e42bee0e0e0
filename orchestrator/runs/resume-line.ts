import { basename, dirname, join, relative } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import { recipeName } from './run-files.ts';
import { stageNames } from './stage-names.ts';
import { versionIn } from './versions.ts';

/** The command that resumes a run with its own recipe; valid stages are reused. `shown`: the folder of runs in its place. */
export function resumeLine(runFolder: string, shown?: string): string {
  return lineOf(runFolder, shown, basename(versionIn(runFolder).root));
}

/** The command that makes a run once more from its own recipe: under another name, every stage anew. */
export function againLine(runFolder: string, shown?: string): string {
  const { root } = versionIn(runFolder);
  return lineOf(runFolder, shown, `${basename(root)}-again`, ['--from', stageNames[0]]);
}

function lineOf(
  runFolder: string,
  shown: string | undefined,
  name: string,
  more: readonly string[] = [],
): string {
  const itsFolder = dirname(versionIn(runFolder).root);
  const runsFolder = shown ?? itsFolder;
  const recipe = join(runsFolder, relative(itsFolder, runFolder), recipeName);
  return shellLine([
    ...['npx', 'eager-llm', 'run', recipe, '--run', name],
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...more,
  ]);
}
