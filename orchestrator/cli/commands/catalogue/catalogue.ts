import type { CommandModule } from 'yargs';
import { delistCommand } from './delist.ts';
import { relistCommand } from './relist.ts';
import { statusCommand } from './status.ts';

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commandsOfCatalogue: CommandModule<any, any>[] = [delistCommand, relistCommand, statusCommand];

export const catalogueCommand: CommandModule = {
  command: 'catalogue',
  describe: 'keep items out of the lists of a run, or take them back, without training',
  builder: (argv) =>
    argv
      .command(commandsOfCatalogue)
      .demandCommand(1, 'name one of: delist, relist, status')
      .example(
        '$0 catalogue delist quickstart sold-out.txt',
        'ids, one per line: no list holds them any more',
      )
      .example('$0 catalogue status quickstart', 'how many items are delisted'),
  handler: () => {},
};
