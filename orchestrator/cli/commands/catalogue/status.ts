import type { CommandModule } from 'yargs';
import { print } from '../../print.ts';
import { firstOf, printJson, withJson, withRunsFolder } from '../options.ts';

interface StatusArguments {
  run: string;
  'runs-dir': string;
  json: boolean;
}

export const statusCommand: CommandModule<unknown, StatusArguments> = {
  command: 'status <run>',
  describe: 'say how many items there are, and which are delisted',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a run' })
      .example('$0 catalogue status quickstart', 'counts, and the first delisted ids')
      .example('$0 catalogue status quickstart --json', 'all delisted ids'),
  handler: async ({ run, 'runs-dir': runsFolder, json }) => {
    const { catalogueStatus } = await import('../../../serving/index.ts');
    const { items, delisted, gone } = catalogueStatus(run, { runsFolder });
    if (json) return printJson({ run, items, available: items - delisted.length, delisted, gone });
    const number = (count: number) => count.toLocaleString('en-US');
    print(`${number(items - delisted.length)} of ${number(items)} items can be recommended.`);
    if (delisted.length > 0) print(`${number(delisted.length)} are delisted: ${firstOf(delisted)}`);
    if (gone.length > 0)
      print(`${number(gone.length)} more delisted ids are no longer in the catalogue: ${firstOf(gone)}`);
  },
};
