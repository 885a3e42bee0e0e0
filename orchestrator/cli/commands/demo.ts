import type { CommandModule } from 'yargs';
import { checkedPort, withRunsFolder } from './options.ts';

interface DemoArguments {
  run: string | undefined;
  'runs-dir': string;
  port: number;
  open: boolean;
}

export const demoCommand: CommandModule<unknown, DemoArguments> = {
  command: 'demo [run]',
  describe: 'try a run as a shop in the browser: customers, lists for them, search, chat',
  builder: (argv) =>
    withRunsFolder(argv)
      .positional('run', { type: 'string', describe: 'name of a finished run; quickstart by default' })
      .option('port', { type: 'number', default: 0, describe: 'port to listen on; 0 = any free one' })
      .option('open', {
        type: 'boolean',
        default: true,
        describe: 'open the browser; --no-open only prints the address',
      })
      .example('$0 demo', 'the run that npm start makes, to this machine alone'),
  handler: async ({ run, 'runs-dir': runsFolder, port, open }) => {
    const { showDemo } = await import('../show-demo.ts');
    await showDemo({ run, runsFolder, port: checkedPort(port), open });
  },
};
