import type { CommandModule } from 'yargs';
import { rollBack } from '../../runs/roll-back.ts';
import { print } from '../print.ts';
import { printJson, wholeNumber, withJson, withRunsFolder } from './options.ts';

interface RollbackArguments {
  name: string;
  to: number | undefined;
  'runs-dir': string;
  json: boolean;
}

export const rollbackCommand: CommandModule<unknown, RollbackArguments> = {
  command: 'rollback <name>',
  describe: 'let an older version of a run answer again; a running server follows within seconds',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('name', { type: 'string', demandOption: true, describe: 'name of the run' })
      .option('to', { type: 'number', describe: 'the version that shall answer (default: the one before)' })
      .example('$0 runs rollback my-shop', 'back to the version before')
      .example('$0 runs rollback my-shop --to 4', 'to any version that is kept, also forward again'),
  handler: async ({ name, to, 'runs-dir': runsDir, json }) => {
    const done = await rollBack(runsDir, name, wholeNumber('to', to));
    if (json) return printJson(done);
    print(
      done.from === done.to
        ? `Version ${done.to} of ${name} answers, as it did.`
        : `Version ${done.to} of ${name} answers from now on.`,
    );
  },
};
