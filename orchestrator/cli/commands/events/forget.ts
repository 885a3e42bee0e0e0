import type { CommandModule } from 'yargs';
import { print } from '../../print.ts';
import { printJson, withJson, withRunsFolder } from '../options.ts';

interface ForgetArguments {
  run: string;
  user: string;
  'runs-dir': string;
  json: boolean;
}

export const forgetCommand: CommandModule<unknown, ForgetArguments> = {
  command: 'forget <run> <user>',
  describe: "remove a person's sent events from disk; a running server forgets them within seconds",
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a run' })
      .positional('user', { type: 'string', demandOption: true, describe: 'id of the user' })
      .example('$0 events forget quickstart A3BTN14HIZET6Z', 'says how many events are gone')
      .example('$0 events forget quickstart A3BTN14HIZET6Z --json', 'the same, for machines'),
  handler: async ({ run, user, 'runs-dir': runsFolder, json }) => {
    const { forgetEvents } = await import('../../../serving/index.ts');
    const forgotten = await forgetEvents(run, user, { runsFolder });
    if (json) printJson({ run, forgotten });
    else
      print(
        `${forgotten.toLocaleString('en-US')} events are forgotten. What the run was trained on stays until it is trained again without this person.`,
      );
  },
};
