import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { currentFolder } from '../../../runs/current-version.ts';
import { parseRunName } from '../../../runs/run-name.ts';
import { shellLine } from '../../../shared/shell-line.ts';
import { print } from '../../print.ts';
import { printJson, withJson, withRunsFolder } from '../options.ts';

interface AppendArguments {
  run: string;
  items: string;
  'runs-dir': string;
  json: boolean;
}

export const appendCommand: CommandModule<unknown, AppendArguments> = {
  command: 'append <run> <items>',
  describe:
    'give new items codes, without training and without changing old ones; they can be recommended at once',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .positional('items', {
        type: 'string',
        demandOption: true,
        describe: "table of items, with the columns of the run's item_columns",
      })
      .example(
        '$0 catalogue append quickstart new-items.csv',
        'the next version of the run has them, and answers',
      )
      .example('$0 catalogue append quickstart new-items.jsonl --json', 'the figures as JSON'),
  handler: async ({ run, items, 'runs-dir': runsDir, json }) => {
    const { appendRecipe } = await import('../../../continuation/append-recipe.ts');
    const { executeRecipe } = await import('../../run-recipe.ts');
    const resolved = appendRecipe(currentFolder(resolve(runsDir), run), resolve(items));
    const { version, folder, results } = await executeRecipe({
      resolved,
      recipe: resolved.file,
      set: [],
      run: parseRunName(run).name,
      runsFolder: runsDir,
      until: 'training',
    });
    const { figures } = results.find(({ stage }) => stage === 'item-index')!;
    if (json) return printJson({ run, version, folder, ...figures });
    const place = runsDir === 'runs' ? [] : ['--runs-dir', runsDir];
    print(
      `${figures['new items']} new items, ${figures['new items that fit badly']} of them fit badly; ${figures['new digits']} new digits.\nVersion ${version} has them and answers from now on (eager-llm runs rollback ${run} takes it back); how well each item fits is in ${folder}/03-item-index/appended-items.json.\nNext:\n  ${shellLine(['npx', 'eager-llm', 'serve', run, ...place])}`,
    );
  },
};
