import type { CommandModule } from 'yargs';
import { appendCommand } from './append.ts';
import { delistCommand } from './delist.ts';
import { relistCommand } from './relist.ts';
import { statusCommand } from './status.ts';

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commandsOfCatalogue: CommandModule<any, any>[] = [
  appendCommand,
  delistCommand,
  relistCommand,
  statusCommand,
];

export const catalogueCommand: CommandModule = {
  command: 'catalogue',
  describe: 'add items to a run, keep items out of its lists, or take them back, without training',
  builder: (argv) =>
    argv
      .command(commandsOfCatalogue)
      .demandCommand(1, 'name one of: append, delist, relist, status')
      .example('$0 catalogue append quickstart new-items.csv', 'new items, which can be recommended at once')
      .example(
        '$0 catalogue delist quickstart sold-out.txt',
        'ids, one per line: no list holds them any more',
      ),
  handler: () => {},
};
