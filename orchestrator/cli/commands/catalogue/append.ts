import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { checkRunName } from '../../../runs/run-name.ts';
import { shellLine } from '../../../shared/shell-line.ts';
import { print } from '../../print.ts';
import { printJson, withJson, withRunsFolder } from '../options.ts';

interface AppendArguments {
  run: string;
  items: string;
  name: string | undefined;
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
      .option('name', {
        type: 'string',
        describe: 'name of the run with the new items (default: RUN-appended)',
      })
      .example('$0 catalogue append quickstart new-items.csv', 'makes the run quickstart-appended')
      .example(
        '$0 catalogue append quickstart new-items.jsonl --name quickstart-june --json',
        'under another name; the figures as JSON',
      ),
  handler: async ({ run, items, name = `${run}-appended`, 'runs-dir': runsDir, json }) => {
    const { appendRecipe } = await import('../../../continuation/append-recipe.ts');
    const { executeRecipe } = await import('../../run-recipe.ts');
    const runsFolder = resolve(runsDir);
    const resolved = appendRecipe(join(runsFolder, checkRunName(run)), resolve(items), name);
    const { folder, results } = await executeRecipe({
      resolved,
      recipe: resolved.file,
      set: [],
      run: name,
      runsFolder: runsDir,
      until: 'training',
    });
    const { figures } = results.find(({ stage }) => stage === 'item-index')!;
    if (json) return printJson({ run: name, folder, ...figures });
    const place = runsDir === 'runs' ? [] : ['--runs-dir', runsDir];
    print(
      `${figures['new items']} new items, ${figures['new items that fit badly']} of them fit badly; ${figures['new digits']} new digits.\nThe run is in ${folder}; how well each item fits is in its 03-item-index/appended-items.json.\nNext:\n  ${shellLine(['npx', 'eager-llm', 'serve', name, ...place])}`,
    );
  },
};
