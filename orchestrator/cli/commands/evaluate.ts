import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { recipeName } from '../../runs/open-run.ts';
import { checkRunName } from '../../runs/run-name.ts';
import { stageFolderName } from '../../stages/define-stage.ts';
import { again, printJson, withJson, withRunsFolder } from './options.ts';

interface EvaluateArguments {
  run: string;
  set: string[];
  markdown: boolean;
  breakdown: boolean;
  'runs-dir': string;
  json: boolean;
}

export const evaluateCommand: CommandModule<unknown, EvaluateArguments> = {
  command: 'evaluate <run>',
  describe: 'the table of metrics of a run; evaluated again where a setting changes',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'name of a run whose training is finished',
      })
      .option('set', again('change a setting: section.name=value'))
      .option('markdown', { type: 'boolean', default: false, describe: 'print a Markdown table' })
      .option('breakdown', {
        type: 'boolean',
        default: false,
        describe:
          'print which targets are found: rare or frequent, behind short or long histories, at which digit',
      })
      .example('$0 evaluate quickstart', 'the table of the run')
      .example('$0 evaluate quickstart --set decoding.num_beams=50 --json', 'with wider beams, for machines'),
  handler: async ({ run, set, markdown, breakdown, 'runs-dir': runsDir, json }) => {
    const { metricsTable, metricsTableMarkdown } = await import('../../evaluation/metrics-table.ts');
    const { readResult } = await import('../../evaluation/result.ts');
    const { executeRecipe } = await import('../run-recipe.ts');
    const folder = join(runsDir, checkRunName(run));
    await executeRecipe({
      recipe: join(folder, recipeName),
      set,
      run,
      runsFolder: runsDir,
      finishedBefore: 'evaluation',
    });
    const evaluated = join(folder, stageFolderName('evaluation'));
    if (breakdown) {
      const { breakdownFile, readBreakdown } = await import('../../evaluation/breakdown.ts');
      const { breakdownTables } = await import('../../evaluation/breakdown-table.ts');
      const parts = readBreakdown(join(evaluated, breakdownFile));
      if (json) printJson(parts);
      else process.stdout.write(`${breakdownTables(parts)}\n`);
      return;
    }
    const result = readResult(join(evaluated, 'metrics.json'));
    if (json) printJson(result);
    else process.stdout.write(`${markdown ? metricsTableMarkdown(result) : metricsTable(result)}\n`);
  },
};
