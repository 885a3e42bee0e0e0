import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { currentFolder } from '../../runs/current-version.ts';
import { recipeName } from '../../runs/run-files.ts';
import { parseRunName } from '../../runs/run-name.ts';
import { stageFolderName } from '../../runs/stage-names.ts';
import { versionIn } from '../../runs/versions.ts';
import { print, say } from '../print.ts';
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
  describe: 'print the metrics of a run; with changed settings, evaluate it again',
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
        describe: 'print which targets are found, by item frequency, history length and code digit',
      })
      .example(
        '$0 evaluate quickstart --set evaluation.split=validation',
        'on the validation split, for choosing settings; the test result is kept',
      )
      .example(
        '$0 evaluate quickstart --set decoding.num_beams=50 --set evaluation.split=validation --json',
        'with wider beams, for machines',
      ),
  handler: async ({ run, set, markdown, breakdown, 'runs-dir': runsDir, json }) => {
    const { nothingHeldOut } = await import('../../evaluation/nothing-held-out.ts');
    const { metricsTable, metricsTableMarkdown } = await import('../../evaluation/metrics-table.ts');
    const { readResult, resultFile } = await import('../../evaluation/result.ts');
    const { executeRecipe } = await import('../run-recipe.ts');
    const { describeOpenings, readOpenings } = await import('../../runs/test-openings.ts');
    const { resolveRecipe } = await import('../../recipe/resolve-recipe.ts');
    const own = currentFolder(runsDir, run);
    const { version } = versionIn(own);
    const recipe = join(own, recipeName);
    const [usual, asked] = [[], set].map((each) => {
      const { dataset, evaluation, training } = resolveRecipe(recipe, { set: each }).recipe;
      if (dataset.split === 'none') throw nothingHeldOut(own, training.epochs_from);
      return evaluation.split;
    });
    // An evaluation of the other split goes to a separate run; this one keeps its own result and recipe.
    const { name: ownName } = parseRunName(run);
    const name = asked === usual ? ownName : `${ownName}.${asked}`;
    const { folder } = await executeRecipe({
      recipe,
      set,
      run: name,
      ...(name === ownName ? { version } : {}),
      runsFolder: runsDir,
      finishedBefore: 'evaluation',
      finishedIn: run,
    });
    if (name !== ownName) say(`    The ${asked} split is evaluated in a separate run: ${name}`);
    const opened = readOpenings(asked === 'test' ? folder : own);
    const evaluated = join(folder, stageFolderName('evaluation'));
    if (breakdown) {
      const { breakdownFile, readBreakdown } = await import('../../evaluation/breakdown.ts');
      const { breakdownTables } = await import('../../evaluation/breakdown-table.ts');
      const parts = readBreakdown(join(evaluated, breakdownFile));
      if (json) printJson(parts);
      else print(breakdownTables(parts));
      return;
    }
    const result = readResult(join(evaluated, resultFile));
    if (json) printJson(result);
    else if (markdown) print(metricsTableMarkdown(result));
    else print(`${metricsTable(result)}\n${describeOpenings(opened)}`);
  },
};
