import type { CommandModule } from 'yargs';
import { appendCommand } from './append.ts';

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commandsOfCatalogue: CommandModule<any, any>[] = [appendCommand];

export const catalogueCommand: CommandModule = {
  command: 'catalogue',
  describe: 'change the items of a run without training',
  builder: (argv) =>
    argv
      .command(commandsOfCatalogue)
      .demandCommand(1, 'name one of: append')
      .example('$0 catalogue append quickstart new-items.csv', 'new items, which can be recommended at once')
      .example(
        '$0 catalogue append quickstart new-items.csv --name quickstart-june',
        'under a name of its own',
      ),
  handler: () => {},
};
