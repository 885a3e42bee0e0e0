import { basename, dirname, join, relative } from 'node:path';
import { shellLine } from '../shared/shell-line.ts';
import type { NamedSetting } from './named-settings.ts';
import { recipeName } from './run-files.ts';
import { stageNames } from './stage-names.ts';
import { versionIn } from './versions.ts';

export interface ResumeLineOptions {
  /** The folder of runs as it is to be shown. */
  shown?: string;
  /** What has to change: each with a gap for its new value, without which the command is refused. */
  set?: readonly Pick<NamedSetting, 'path'>[];
}

/** The command that resumes a run with its own recipe; valid stages are reused. */
export function resumeLine(runFolder: string, { shown, set = [] }: ResumeLineOptions = {}): string {
  const gaps = set.flatMap(({ path }) => ['--set', `${path}=…`]);
  return lineOf(runFolder, shown, basename(versionIn(runFolder).root), gaps);
}

/** The command that makes a run once more from its own recipe: under another name, every stage anew. */
export function againLine(runFolder: string, { shown }: Pick<ResumeLineOptions, 'shown'> = {}): string {
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
