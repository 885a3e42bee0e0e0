import type { CommandModule } from 'yargs';
import { UserError } from '../../shared/errors.ts';
import { again, available, chatSet, checkedPort, wholeNumber, withRunsFolder } from './options.ts';

interface ServeArguments {
  run: string;
  port: number;
  host: string;
  'runs-dir': string;
  'api-key-file': string | undefined;
  'without-api-key': boolean;
  'allow-runs': boolean;
  events: boolean;
  'data-dir': string[];
  batch: number;
  queue: number;
  'allow-host': string[];
  'log-requests': boolean;
  available: string | undefined;
  set: string[];
}

export const serveCommand: CommandModule<unknown, ServeArguments> = {
  command: 'serve <run>',
  describe: 'serve a run over HTTP: recommendations, an OpenAI-compatible chat, a web page',
  builder: (argv) =>
    withRunsFolder(argv)
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('port', { type: 'number', default: 8080, describe: 'port to listen on; 0 = any free one' })
      .option('host', {
        type: 'string',
        default: '127.0.0.1',
        describe: 'address to listen on; 0.0.0.0 = all, reachable from other machines',
      })
      .option('api-key-file', {
        type: 'string',
        describe: 'file of API keys, one per line; those in EAGER_LLM_API_KEYS are accepted, too',
      })
      .option('without-api-key', {
        type: 'boolean',
        default: false,
        describe: 'allow anyone who reaches --host to send requests',
      })
      .option('allow-runs', {
        type: 'boolean',
        default: false,
        describe: 'allow the web page to start recipes on this machine',
      })
      .option('events', {
        type: 'boolean',
        default: false,
        describe: 'take and keep events that came after the training (POST /v1/events)',
      })
      .option(
        'data-dir',
        again('another folder whose files recipes from the page may use, besides recipes/ and datasets/'),
      )
      .option(
        'allow-host',
        again('a name by which requests may call this server, such as recommend.shop.example (repeatable)'),
      )
      .option('log-requests', {
        type: 'boolean',
        default: false,
        describe: 'print a line of JSON for each request to stdout, without personal data',
      })
      .option('batch', {
        type: 'number',
        default: 64,
        describe: 'maximum number of requests decoded together',
      })
      .option('queue', {
        type: 'number',
        default: 1000,
        describe: 'maximum number of waiting requests; any further one gets a 429',
      })
      .option('available', available)
      .option('set', chatSet)
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
      allowEvents: args.events,
      dataFolders: args['data-dir'],
      batch: wholeNumber('batch', args.batch),
      waiting: wholeNumber('queue', args.queue),
      allowHosts: args['allow-host'].map(checkedHostName),
      logRequests: args['log-requests'],
      availableFile: args.available,
      set: args.set,
    });
  },
};

/** As requests name it, without scheme and port. */
function checkedHostName(name: string): string {
  if (/^[a-z0-9._-]{1,253}$|^\[[0-9a-f:.]+\]$/i.test(name)) return name;
  throw new UserError('cli/usage', `--allow-host has to be a host name alone, got ${JSON.stringify(name)}`, {
    remedy: 'As in --allow-host recommend.shop.example, without http:// and without a port.',
  });
}
