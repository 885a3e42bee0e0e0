import type { CommandModule } from 'yargs';
import { single, withRunsFolder } from './options.ts';

interface ServeArguments {
  run: string;
  port: number;
  host: string;
  'runs-dir': string;
}

export const serveCommand: CommandModule<unknown, ServeArguments> = {
  command: 'serve <run>',
  describe: 'answer over HTTP: recommendations, an OpenAI-compatible chat, a page',
  builder: (argv) =>
    withRunsFolder(argv)
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('port', { type: 'number', default: 8080, describe: 'port to listen at; 0 for any free one' })
      .option('host', { type: 'string', default: '127.0.0.1', describe: 'address to listen at' })
      .example('$0 serve quickstart', 'at http://127.0.0.1:8080')
      .example('$0 serve quickstart --port 9000', 'at another port'),
  handler: async ({ run, port, host, 'runs-dir': runsDir }) => {
    const { serve } = await import('../serve-run.ts');
    await serve({ run, port, host: single('host', host)!, runsFolder: single('runs-dir', runsDir)! });
  },
};
