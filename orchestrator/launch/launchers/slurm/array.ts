import { shellWord } from '../../../shared/shell-line.ts';
import type { LauncherArray } from '../launcher.ts';
import { workerSourceOf } from '../worker-command.ts';
import { batchScript, scriptName } from './batch-script.ts';
import type { SlurmSettings } from './settings.ts';

/** An array of batch jobs, submitted from the folder that holds those of its tasks. */
export const array: LauncherArray<SlurmSettings> = {
  fileName: scriptName,
  submit: `sbatch ${scriptName}`,
  taskFolders,
  script: arrayScript,
};

function taskFolders(name: string): { job: string; result: string } {
  return { job: `${name}/job`, result: `${name}/result` };
}

/**
 * A script for an array of batch jobs, one for each name, to be submitted from the folder that holds theirs. Paths of jobs
 * are relative, so that the folder may be copied to the cluster; where Python and a base model are over there, variables of
 * the environment say. Submitted again, every task goes on where it was.
 */
function arrayScript(options: {
  settings: SlurmSettings;
  python: string;
  /** Plain names: letters, digits, `.`, `_` and `-`. */
  names: readonly string[];
}): string {
  const { settings, python, names } = options;
  const { job, result } = taskFolders('$name');
  return batchScript({
    settings,
    about: 'Written by eager-llm. Submit it from its own folder; submit it again to resume every task.',
    options: [
      '--job-name=eager-llm-array',
      `--array=0-${names.length - 1}`,
      // Before a task begins, its own folder of logs need not be there.
      '--output=task-%a.log',
    ],
    before: [
      `names=(${names.join(' ')})`,
      `name=\${names[$SLURM_ARRAY_TASK_ID]}`,
      `[ -d "$name/job" ] || { echo "$PWD holds no $name/job: submit this script from its own folder" >&2; exit 1; }`,
      '# EAGER_LLM_PYTHON and EAGER_LLM_BASE_MODEL say where they are on the cluster, unless that is where they are here.',
      `python=\${EAGER_LLM_PYTHON:-${shellWord(python)}}`,
      'command -v "$python" > /dev/null || { echo "there is no Python $python here: name one by EAGER_LLM_PYTHON, or set launcher.python" >&2; exit 1; }',
    ],
    python: '$python',
    more: ['$base_model'],
    job,
    result,
    standIns: {
      ...Object.fromEntries(['$python', job, result, workerSourceOf(job)].map((path) => [path, `"${path}"`])),
      $base_model: `\${EAGER_LLM_BASE_MODEL:+--base-model "$EAGER_LLM_BASE_MODEL"}`,
    },
  });
}
