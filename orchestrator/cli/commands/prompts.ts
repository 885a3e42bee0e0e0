import type { CommandModule } from 'yargs';
import { taskNames } from '../../prompts/tasks/names.ts';
import { UserError } from '../../shared/errors.ts';
import { print } from '../print.ts';
import { printJson, wholeNumber, withJson, withRecipe, withRunsFolder } from './options.ts';

interface PromptsArguments {
  recipe: string;
  set: string[];
  run: string | undefined;
  task: string;
  show: number;
  'runs-dir': string;
  json: boolean;
}

export const promptsCommand: CommandModule<unknown, PromptsArguments> = {
  command: 'prompts <recipe>',
  describe: 'show rendered training examples, with the learned part marked',
  builder: (argv) =>
    withJson(withRunsFolder(withRecipe(argv)))
      .option('run', { type: 'string', describe: "name of the run; the recipe's name by default" })
      .option('task', {
        type: 'string',
        default: taskNames[0],
        describe: `which task: ${taskNames.join(', ')}, or one of your own`,
      })
      .option('show', { type: 'number', default: 3, describe: 'how many examples' })
      .example(
        '$0 prompts recipes/quickstart.yaml --task item-to-index --show 3',
        'the part in ⟦ ⟧ is learned',
      )
      .example(
        '$0 prompts recipes/quickstart.yaml --set prompts.layout=prefix',
        'one prompt for each prefix',
      ),
  handler: async ({ recipe: file, set, run, task, show, 'runs-dir': runsDir, json }) => {
    const { openPromptArtefacts } = await import('../../opened-run/artefacts.ts');
    const { renderForDisplay } = await import('../../prompts/display.ts');
    const { renderRow } = await import('../../prompts/render-row.ts');
    const { rowPlan } = await import('../../prompts/row-plan.ts');
    const { resolveRecipe } = await import('../../recipe/resolve-recipe.ts');
    const { joinRow, lengthOf } = await import('../../shared/example.ts');
    const { folderOfRows } = await import('../rows-folder.ts');
    const wanted = wholeNumber('show', show);
    const { recipe } = resolveRecipe(file, { set });
    if (recipe.prompts.layout === 'items')
      throw new UserError(
        'prompts/no-rows-of-text',
        'rows of an EAGER or a LIGER are numbers of items, and no texts',
        {
          place: 'prompts.layout',
          remedy: 'Show a recipe whose prompts.layout is user or prefix.',
        },
      );
    const folderOf = await folderOfRows(recipe, {
      recipe: file,
      set,
      run: run ?? recipe.name,
      runsFolder: runsDir,
    });
    const artefacts = await openPromptArtefacts(folderOf, recipe);
    const { prompts, vocabulary, tasks: registry } = artefacts;
    const plan = rowPlan({ source: prompts, tasks: { [task]: 1 }, seed: recipe.seed, epoch: 0, registry });
    const rows = Array.from({ length: Math.min(wanted, plan.length) }, (_, at) => renderRow(plan, at));
    if (json) {
      printJson(
        rows.map((row) => {
          const { tokens, weights, summaries } = joinRow(row);
          return {
            task: row.task,
            input_ids: [...tokens],
            loss_weights: [...weights],
            summaries,
            text: renderForDisplay(row, vocabulary),
          };
        }),
      );
      return;
    }
    for (const row of rows) print(`${renderForDisplay(row, vocabulary)}\n\n(${lengthOf(row)} tokens)\n`);
  },
};
