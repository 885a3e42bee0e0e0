import type { CommandModule } from 'yargs';
import { forgetCommand } from './forget.ts';

// biome-ignore lint/suspicious/noExplicitAny: yargs' own type for commands of any arguments
export const commandsOfEvents: CommandModule<any, any>[] = [forgetCommand];

export const eventsCommand: CommandModule = {
  command: 'events',
  describe: 'the events that a run was sent after its training',
  builder: (argv) =>
    argv
      .command(commandsOfEvents)
      .demandCommand(1, 'name one of: forget')
      .example('$0 events forget quickstart A3BTN14HIZET6Z', "remove a person's events from disk")
      .example('$0 events forget quickstart A3BTN14HIZET6Z --json', 'the same, for machines'),
  handler: () => {},
};
