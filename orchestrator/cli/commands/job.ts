import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { jobFileName } from '../../peft-job/job-file.ts';
import { resolveRecipe } from '../../recipe/resolve-recipe.ts';
import { folderToPrepare } from '../../runs/choose-version.ts';
import { recipeName } from '../../runs/run-files.ts';
import { UserError } from '../../shared/errors.ts';
import { writeFolderAtomic } from '../../storage/atomic-folder.ts';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface JobArguments {
  run: string;
  folder: string;
  'runs-dir': string;
  json: boolean;
}

export const jobCommand: CommandModule<unknown, JobArguments> = {
  command: 'job <run> <folder>',
  describe: "write a run's training as a job folder, to be trained with PyTorch on any machine",
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'run whose stages up to prompts are done',
      })
      .positional('folder', { type: 'string', demandOption: true, describe: 'new folder for the job' })
      .example(
        '$0 run recipes/beauty.yaml --set engine=peft --until prompts',
        'first run the stages that the job needs',
      )
      .example(
        '$0 job beauty /tmp/beauty-job',
        'then write the job, and copy it to the machine that trains it',
      ),
  handler: async ({ run, folder, 'runs-dir': runsDir, json }) => {
    const { jobOfRun } = await import('../../training-jobs/job-of-run.ts');
    // A version under way, where there is one: it was prepared to be trained elsewhere.
    const runFolder = folderToPrepare(resolve(runsDir), run);
    const target = resolve(folder);
    const { recipe } = resolveRecipe(join(runFolder, recipeName));
    let parts: string[] = [];
    // Written completely or not at all, so that a kill leaves nothing in the way of the next call.
    await writeFolderAtomic(target, { mark: jobFileName }, async (made) => {
      const job = await jobOfRun(runFolder, recipe, made);
      parts = job.stages.map((stage) => stage.folder);
    }).catch((error: unknown) => {
      throw isInUse(error) ? inUse(target, error) : error;
    });
    if (json) return printJson({ folder: target, parts });
    print(
      `The job is in ${target}. On the machine that trains it:\n` +
        '  pip install -r job/worker/requirements.txt\n' +
        '  PYTHONPATH=job/worker python -m eager_llm_peft train --job job --result result\n' +
        `Then copy the result back:\n  npx eager-llm adopt ${run} result`,
    );
  },
};

function isInUse(error: unknown): error is UserError {
  return error instanceof UserError && ['folder/exists', 'folder/not-ours'].includes(error.code);
}

function inUse(place: string, cause: UserError): UserError {
  return new UserError('job/folder-in-use', 'the folder exists and is not empty', {
    place,
    remedy: 'Name a new folder.',
    cause,
  });
}
