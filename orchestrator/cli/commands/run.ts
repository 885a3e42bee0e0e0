import type { CommandModule } from 'yargs';
import { usualKept } from '../../runs/let-answer.ts';
import { type StageName, stageNames } from '../../runs/stage-names.ts';
import { wholeNumber, withJson, withRecipe, withRunsFolder } from './options.ts';

interface RunArguments {
  recipe: string;
  set: string[];
  run: string | undefined;
  'runs-dir': string;
  until: StageName | undefined;
  from: StageName | undefined;
  threads: number | undefined;
  production: boolean | undefined;
  'keep-versions': number;
  json: boolean;
}

/** More than any machine has; guards against typing errors. */
const mostThreads = 1024;

export const runCommand: CommandModule<unknown, RunArguments> = {
  command: 'run <recipe>',
  describe: 'run a recipe; finished stages are reused, an interrupted one resumes',
  builder: (argv) =>
    withJson(withRunsFolder(withRecipe(argv)))
      .option('run', { type: 'string', describe: "name of the run (default: the recipe's name)" })
      .option('until', { choices: stageNames, describe: 'last stage to run' })
      .option('from', { choices: stageNames, describe: 're-run this stage and all later ones' })
      .option('threads', {
        type: 'number',
        describe: 'processor threads to use (default: EAGER_LLM_THREADS, or all cores)',
      })
      // Without a default, which would count as given beside the others.
      .option('production', {
        type: 'boolean',
        describe: 'evaluate as NAME-evaluated, then train NAME, as long as was best there, on all events',
      })
      .conflicts('production', ['until', 'from'])
      .option('keep-versions', {
        type: 'number',
        default: usualKept,
        describe: 'how many versions of the run to keep; the one that answers is never deleted',
      })
      .example('$0 run quickstart', 'the first run')
      .example(
        '$0 run recipes/beauty.yaml --run beauty-2 --set seed=2 --set evaluation.split=validation',
        'a variant under another name, looked at without the test split',
      ),
  handler: async ({ recipe, set, run, until, from, threads, production, json, ...args }) => {
    const { runRecipe } = await import('../run-recipe.ts');
    const { runForProduction } = await import('../run-for-production.ts');
    const start = production ? runForProduction : runRecipe;
    await start({
      recipe,
      set,
      run,
      runsFolder: args['runs-dir'],
      until,
      from,
      threads: wholeNumber('threads', threads, mostThreads),
      keepVersions: wholeNumber('keep-versions', args['keep-versions']),
      json,
    });
  },
};
