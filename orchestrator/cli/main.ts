#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { UserError } from '../shared/errors.ts';
import { commands } from './commands/index.ts';
import { explainFailure } from './explain-failure.ts';

const cli = yargs(hideBin(process.argv))
  .scriptName('eager-llm')
  .usage('$0 COMMAND: from interaction logs to a language model that recommends')
  .strict()
  .recommendCommands()
  .demandCommand(1, 'name a command')
  .wrap(Math.min(110, process.stderr.columns ?? 100))
  .help()
  .example('$0 run quickstart', 'the first run')
  .example('$0 runs ls', 'what was run so far')
  .fail((message, error) => {
    throw error ?? new UserError('cli/usage', message, { remedy: 'eager-llm --help lists what there is.' });
  });
for (const command of commands) cli.command(command);

// A reader that closes early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));

try {
  await cli.parseAsync();
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(text);
  process.exitCode = exitCode;
}
