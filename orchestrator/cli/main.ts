#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { UserError } from '../shared/errors.ts';
import { packageRoot } from '../shared/package-root.ts';
import { bindOptions } from './bind-options.ts';
import { commands, optionsFor, usageOf } from './commands/index.ts';
import { explainFailure } from './explain-failure.ts';
import { visible } from './format/visible.ts';
import { guardTerminal } from './guard-terminal.ts';

const terminal = guardTerminal();
try {
  await main(hideBin(process.argv));
  await terminal.results();
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(visible(text));
  process.exitCode = exitCode;
}

async function main(words: string[]): Promise<void> {
  const cli = yargs(bindOptions(words, optionsFor(words)))
    .scriptName('eager-llm')
    .usage('$0 COMMAND: from interaction logs to a language model that recommends')
    // Keeps ids with dots as they are written.
    .parserConfiguration({ 'dot-notation': false })
    .strict()
    .recommendCommands()
    .demandCommand(1, 'name a command')
    .wrap(Math.min(110, process.stderr.columns ?? 100))
    .help()
    .version(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version)
    .example('$0 run quickstart', 'the first run')
    .example('$0 runs ls', 'all runs so far')
    .fail((message, error) => {
      if (error) throw error;
      const usage = usageOf(words);
      const isShort = message.startsWith('Not enough non-option arguments');
      const help = `${usage?.split(' <')[0] ?? 'eager-llm'} --help lists all ${usage ? 'it takes' : 'commands'}.`;
      throw new UserError('cli/usage', isShort ? 'an argument is missing' : message, {
        remedy: isShort && usage ? `Write ${usage}.` : help,
      });
    });
  for (const command of commands) cli.command(command);
  await cli.parseAsync();
}
