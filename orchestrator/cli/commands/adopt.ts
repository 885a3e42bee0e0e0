import { join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { resolveRecipe } from '../../recipe/resolve-recipe.ts';
import { folderToPrepare } from '../../runs/choose-version.ts';
import { recipeName } from '../../runs/run-files.ts';
import { parseRunName } from '../../runs/run-name.ts';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface AdoptArguments {
  run: string;
  result: string;
  'runs-dir': string;
  json: boolean;
}

export const adoptCommand: CommandModule<unknown, AdoptArguments> = {
  command: 'adopt <run> <result>',
  describe: 'take the result of a PyTorch job back into its run',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', demandOption: true, describe: 'run that the job was made from' })
      .positional('result', { type: 'string', demandOption: true, describe: 'result folder of the worker' })
      .example('$0 adopt beauty result', 'checks the result and makes it the training stage of the run')
      .example('$0 adopt beauty result --json && $0 evaluate beauty', 'then the table of metrics'),
  handler: async ({ run, result, 'runs-dir': runsDir, json }) => {
    const { adoptResult } = await import('../../training-jobs/adopt-result.ts');
    const resolved = resolveRecipe(join(folderToPrepare(runsDir, run), recipeName));
    const adopted = await adoptResult({
      runsFolder: resolve(runsDir),
      run: parseRunName(run).name,
      resolved,
      result: resolve(result),
    });
    if (json) return printJson(adopted);
    print(
      `The training of ${run} is in ${adopted.folder}\nGo on with:\n  npx eager-llm evaluate ${run}${runsDir === 'runs' ? '' : ` --runs-dir ${runsDir}`}`,
    );
  },
};
