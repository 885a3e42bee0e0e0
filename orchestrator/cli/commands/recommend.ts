import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { currentFolder } from '../../runs/current-version.ts';
import { stageFolderName } from '../../runs/stage-names.ts';
import type { OpenRun } from '../../serving/index.ts';
import { UserError } from '../../shared/errors.ts';
import { formatTable } from '../format/table.ts';
import { print } from '../print.ts';
import { type RequestArguments, rulesOf, withRequestOptions } from '../request-options.ts';
import { tellOpened } from '../tell-opened.ts';
import { tellUnknown } from '../tell-unknown.ts';
import { available, chatSet, printJson, wholeNumber, withJson, withRunsFolder } from './options.ts';

interface RecommendArguments extends RequestArguments {
  run: string;
  user: string | undefined;
  history: string[] | undefined;
  prompt: string | undefined;
  removed: string[] | undefined;
  k: number;
  'exclude-file': string | undefined;
  available: string | undefined;
  all: boolean;
  users: string | undefined;
  out: string | undefined;
  shard: string | undefined;
  block: number;
  engine: 'node' | 'ray';
  'ray-address': string | undefined;
  workers: number | undefined;
  'runs-dir': string;
  json: boolean;
  set: string[];
}

export const recommendCommand: CommandModule<unknown, RecommendArguments> = {
  command: 'recommend <run>',
  describe: 'recommend items for a user, a history or a text; or write the lists of all users into a file',
  builder: (argv) =>
    withRequestOptions(withJson(withRunsFolder(argv)))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('user', { type: 'string', describe: 'id of a user in the log, or of sent events' })
      .option('history', { type: 'string', array: true, describe: 'item ids or titles, oldest first' })
      .option('prompt', {
        type: 'string',
        describe:
          'a question as in a chat: wishes, limits such as a price, what one has, what it must not be',
      })
      .option('k', { type: 'number', default: 10, describe: 'how many items' })
      .example(
        '$0 recommend quickstart --prompt "I just bought urban decay naked palette, what next?"',
        'a chat-style question',
      )
      .option('removed', {
        type: 'string',
        array: true,
        describe: 'parts of the question that are not meant, by their keys in --json',
      })
      .option('exclude-file', {
        type: 'string',
        describe: 'file of item ids, one per line, that no list may hold',
      })
      .option('available', available)
      .option('set', chatSet)
      .option('all', { type: 'boolean', default: false, describe: 'write the list of every user into --out' })
      .option('users', { type: 'string', describe: 'the same for the users in a file: ids, one per line' })
      .option('out', {
        type: 'string',
        describe:
          'file for these lists: .parquet, .csv, .jsonl or .duckdb; or a table, as postgres://shop@host/shop?table=recs',
      })
      .option('shard', {
        type: 'string',
        describe: 'only this part of the users, as in 3/16; its number goes into the name of the file',
      })
      .option('block', {
        type: 'number',
        default: 1024,
        describe: 'users that are written at once; after a kill, at most so many are decoded again',
      })
      .option('engine', {
        choices: ['node', 'ray'] as const,
        default: 'node' as const,
        describe: 'where these lists are decoded: in this process, or on the machines of a Ray cluster',
      })
      .option('ray-address', {
        type: 'string',
        describe:
          'the cluster: auto, host:port or ray://host:port; by default one of this machine for these lists alone',
      })
      .option('workers', {
        type: 'number',
        describe: 'processes that decode on Ray (default: one per machine)',
      })
      .example(
        '$0 recommend quickstart --all --k 20 --out recs.parquet',
        'the lists of all users; the same command goes on after a stop',
      ),
  handler: async (args) => {
    if (args.all || args.users !== undefined) return writeListsOf(args);
    refuseForOne(args);
    const { openRun } = await import('../../serving/index.ts');
    const opened = await openRun(args.run, {
      runsFolder: args['runs-dir'],
      availableFile: args.available,
      excludeFile: args['exclude-file'],
      set: args.set,
    });
    try {
      await tellUnknown(opened, args.strict);
      tellOpened(opened);
      await recommendOnce(opened, args);
    } finally {
      await opened.close();
    }
  },
};

async function recommendOnce(opened: OpenRun, args: RecommendArguments): Promise<void> {
  const { reasonOf } = await import('../../serving/index.ts');
  const { run, user, history, prompt, removed, k, 'runs-dir': runsDir, json } = args;
  const asked = { user, history, prompt, removed, k, ...rulesOf(args) };
  const answer = await opened.recommend(asked).catch((error) => {
    throw withPlaceOfUsers(error, runsDir, run);
  });
  if (json) {
    printJson(answer);
    return;
  }
  const start = [
    ...(answer.understood?.says ?? []),
    ...(answer.history.length > 0 ? [`After: ${answer.history.map(({ title }) => title).join(' | ')}`] : []),
    ...(answer.fallback && !answer.understood
      ? ['Nothing is known of this customer: this is what is popular.']
      : []),
    ...(answer.ignored ? [`Skipped: ${answer.ignored.join(' | ')}`] : []),
    ...(answer.notes ?? []).map((note) => `Note: ${note}.`),
  ];
  const isAsked = answer.understood !== undefined;
  const rows = answer.items.map((item, at) => [
    String(at + 1),
    item.item_id,
    item.cold ? `${item.title} (new)` : item.title,
    item.score.toFixed(2),
    ...(isAsked ? [reasonOf(item)] : []),
  ]);
  const names = ['', 'item', 'title', 'log p', ...(isAsked ? ['why'] : [])];
  print(`${start.join('\n')}\n\n${formatTable(names, rows)}`);
}

async function writeListsOf(args: RecommendArguments): Promise<void> {
  const { run, user, history, prompt, k, out, 'runs-dir': runsFolder } = args;
  if (user !== undefined || history !== undefined || prompt !== undefined)
    throw misuse('--all and --users are for the lists of many users, without --user, --history or --prompt');
  if (out === undefined) throw misuse('the lists of many users need a file: --out is missing');
  const { writeListsCommand } = await import('../write-lists-command.ts');
  await writeListsCommand({
    run,
    out,
    k: wholeNumber('k', k),
    usersFile: args.users,
    shard: args.shard,
    rules: args,
    excludeFile: args['exclude-file'],
    availableFile: args.available,
    strict: args.strict,
    block: wholeNumber('block', args.block),
    ray: rayOf(args),
    runsFolder,
    json: args.json,
  });
}

function refuseForOne({ out, shard, engine }: RecommendArguments): void {
  if (out !== undefined || shard !== undefined || engine !== 'node')
    throw misuse('--out, --shard and --engine are for the lists of many users, with --all or --users');
}

function rayOf({ engine, 'ray-address': address, workers }: RecommendArguments) {
  if (engine === 'ray')
    return { address, workers: workers === undefined ? undefined : wholeNumber('workers', workers) };
  if (address !== undefined || workers !== undefined)
    throw misuse('--ray-address and --workers are for --engine ray');
  return undefined;
}

function misuse(message: string): UserError {
  return new UserError('cli/usage', message, { remedy: 'As in --all --out recs.parquet.' });
}

/** On the machine that holds the data, the error may say where the user ids are. */
function withPlaceOfUsers(error: unknown, runsDir: string, run: string): unknown {
  if (!(error instanceof UserError) || error.code !== 'serving/unknown-user') return error;
  const file = join(currentFolder(runsDir, run), stageFolderName('dataset'), 'users.jsonl');
  return new UserError(error.code, error.message, {
    remedy: `${file} lists the ids of all users, one per line.`,
  });
}
