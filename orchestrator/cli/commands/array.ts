import type { CommandModule } from 'yargs';
import { wholeNumber, withJson, withRunsFolder, withVariants } from './options.ts';

interface ArrayArguments {
  sweep: string;
  folder: string;
  set: string[];
  only: string[];
  jobs: number | undefined;
  'runs-dir': string;
  json: boolean;
}

export const arrayCommand: CommandModule<unknown, ArrayArguments> = {
  command: 'array <sweep> <folder>',
  describe: 'write the trainings of a sweep as an array of batch jobs for slurm, and collect their results',
  builder: (argv) =>
    withJson(withRunsFolder(withVariants(argv)))
      .positional('sweep', { type: 'string', demandOption: true, describe: 'file of the sweep' })
      .positional('folder', {
        type: 'string',
        demandOption: true,
        describe: 'folder of the jobs and their results; can be copied to the cluster and back',
      })
      .example(
        '$0 array my-sweep.yaml jobs --set engine=peft --set launcher.kind=slurm',
        'runs everything before training here, and writes jobs/train.sbatch for the cluster',
      )
      .example('the same command again', 'after training on the cluster: adopts the finished results'),
  handler: async ({ sweep, folder, set, only, jobs, 'runs-dir': runsDir, json }) => {
    const { runArrayCommand } = await import('../run-array.ts');
    await runArrayCommand({
      file: sweep,
      folder,
      set,
      only,
      jobs: wholeNumber('jobs', jobs),
      runsFolder: runsDir,
      json,
    });
  },
};
