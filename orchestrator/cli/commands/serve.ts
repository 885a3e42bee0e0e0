import type { CommandModule } from 'yargs';
import { UserError } from '../../shared/errors.ts';
import { again, wholeNumber, withRunsFolder } from './options.ts';

interface ServeArguments {
  run: string;
  port: number;
  host: string;
  'runs-dir': string;
  'api-key-file': string | undefined;
  'without-api-key': boolean;
  'allow-runs': boolean;
  'data-dir': string[];
  batch: number;
  queue: number;
}

export const serveCommand: CommandModule<unknown, ServeArguments> = {
  command: 'serve <run>',
  describe: 'answer over HTTP: recommendations, an OpenAI-compatible chat, a page',
  builder: (argv) =>
    withRunsFolder(argv)
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('port', { type: 'number', default: 8080, describe: 'port to listen at; 0 = any free one' })
      .option('host', {
        type: 'string',
        default: '127.0.0.1',
        describe: 'address to listen at; 0.0.0.0 = all, and others can ask, too',
      })
      .option('api-key-file', {
        type: 'string',
        describe: 'file of API keys, one a line; EAGER_LLM_API_KEYS may hold some, too',
      })
      .option('without-api-key', {
        type: 'boolean',
        default: false,
        describe: 'let everybody ask who reaches --host',
      })
      .option('allow-runs', {
        type: 'boolean',
        default: false,
        describe: 'let the page start recipes on this machine',
      })
      .option(
        'data-dir',
        again('a folder that recipes from the page may name files of, beside recipes/ and datasets/'),
      )
      .option('batch', { type: 'number', default: 64, describe: 'requests decoded together, at most' })
      .option('queue', {
        type: 'number',
        default: 1000,
        describe: 'requests that may wait; one more gets a 429',
      })
      .example('$0 serve quickstart', 'at http://127.0.0.1:8080')
      .example(
        '$0 serve quickstart --host 0.0.0.0 --api-key-file keys.txt',
        'for other machines, with a key',
      ),
  handler: async (args) => {
    const { serveRun } = await import('../serve-run.ts');
    await serveRun({
      run: args.run,
      port: checkedPort(args.port),
      host: args.host,
      runsFolder: args['runs-dir'],
      apiKeyFile: args['api-key-file'],
      withoutApiKey: args['without-api-key'],
      allowRuns: args['allow-runs'],
      dataFolders: args['data-dir'],
      batch: wholeNumber('batch', args.batch),
      waiting: wholeNumber('queue', args.queue),
    });
  },
};

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError('cli/usage', '--port has to be a whole number from 0 to 65535', {
    remedy: 'As in --port 8080.',
  });
}
