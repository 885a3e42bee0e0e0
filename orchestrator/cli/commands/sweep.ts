import type { CommandModule } from 'yargs';
import { wholeNumber, withJson, withRunsFolder, withVariants } from './options.ts';

interface SweepArguments {
  sweep: string;
  set: string[];
  only: string[];
  jobs: number | undefined;
  latex: boolean;
  'runs-dir': string;
  json: boolean;
}

export const sweepCommand: CommandModule<unknown, SweepArguments> = {
  command: 'sweep <sweep>',
  describe:
    'run the variants of a recipe that a sweep lists, several side by side, and compare them in one report',
  builder: (argv) =>
    withJson(withRunsFolder(withVariants(argv)))
      .positional('sweep', {
        type: 'string',
        demandOption: true,
        describe: 'file of the sweep, or the bare name of one that comes with eager-llm',
      })
      .option('latex', {
        type: 'boolean',
        default: false,
        describe: 'print the table of results for LaTeX (booktabs)',
      })
      .example('$0 sweep recipes/ablation-beauty.yaml', 'every variant; run it again after a stop to resume')
      .example('$0 sweep ablation-beauty --only no-teacher --jobs 1', 'one variant and the baseline'),
  handler: async ({ sweep, set, only, jobs, latex, 'runs-dir': runsDir, json }) => {
    const { runSweepCommand } = await import('../run-sweep.ts');
    await runSweepCommand({
      file: sweep,
      set,
      only,
      jobs: wholeNumber('jobs', jobs),
      runsFolder: runsDir,
      latex,
      json,
    });
  },
};
