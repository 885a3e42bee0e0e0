import type { LauncherOf } from '../recipe/sections/launcher.ts';
import { workerSourceOf } from './launch-command.ts';
import { batchScript } from './slurm.ts';

/** Folders of one task of an array, below the folder that the script is submitted from. */
export const taskFolders = (name: string) => ({ job: `${name}/job`, result: `${name}/result` });

/**
 * A script for an array of batch jobs, one for each name, to be submitted from the folder that holds theirs. All paths
 * are relative, so that the folder may be copied to the cluster. Submitted again, every task goes on where it was.
 */
export function arrayScript(options: {
  launcher: LauncherOf<'slurm'>;
  python: string;
  /** Plain names: letters, digits, `.`, `_` and `-`. */
  names: readonly string[];
}): string {
  const { launcher, python, names } = options;
  const { job, result } = taskFolders('$name');
  return batchScript({
    launcher,
    about: 'Written by eager-llm. Submit it from its own folder; again, and every task goes on where it was.',
    options: [
      '--job-name=eager-llm-array',
      `--array=0-${names.length - 1}`,
      // Before a task begins, its own folder of logs need not be there.
      '--output=task-%a.log',
    ],
    before: [`names=(${names.join(' ')})`, `name=\${names[$SLURM_ARRAY_TASK_ID]}`],
    python,
    job,
    result,
    standIns: Object.fromEntries([job, result, workerSourceOf(job)].map((path) => [path, `"${path}"`])),
  });
}
