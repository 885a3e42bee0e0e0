import type { CommandModule } from 'yargs';
import { chatSet, wholeNumber, withRunsFolder } from './options.ts';

interface ChatArguments {
  run: string;
  k: number;
  'runs-dir': string;
  json: boolean;
  set: string[];
}

export const chatCommand: CommandModule<unknown, ChatArguments> = {
  command: 'chat <run>',
  describe: 'talk to a finished run: free text in, items out',
  builder: (argv) =>
    withRunsFolder(argv)
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('k', { type: 'number', default: 10, describe: 'items per answer' })
      .option('json', { type: 'boolean', default: false, describe: 'answer each line with one line of JSON' })
      .option('set', chatSet)
      .example('$0 chat quickstart', 'in a terminal; /help lists the commands')
      .example('echo "I have urban decay naked palette" | $0 chat quickstart --json', 'for machines'),
  handler: async ({ run, k, 'runs-dir': runsDir, json, set }) => {
    const { chatWithRun } = await import('../chat/chat-with-run.ts');
    await chatWithRun({
      run,
      k: wholeNumber('k', k),
      runsFolder: runsDir,
      json,
      set,
      input: process.stdin,
      output: process.stdout,
    });
  },
};
