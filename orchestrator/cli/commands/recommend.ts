import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { stageFolderName } from '../../runs/stage-names.ts';
import { UserError } from '../../shared/errors.ts';
import { formatTable } from '../format/table.ts';
import { print } from '../print.ts';
import { type RequestArguments, rulesOf, withRequestOptions } from '../request-options.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface RecommendArguments extends RequestArguments {
  run: string;
  user: string | undefined;
  history: string[] | undefined;
  prompt: string | undefined;
  k: number;
  'runs-dir': string;
  json: boolean;
}

export const recommendCommand: CommandModule<unknown, RecommendArguments> = {
  command: 'recommend <run>',
  describe: 'recommend items for a user, a history or a text',
  builder: (argv) =>
    withRequestOptions(withJson(withRunsFolder(argv)))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('user', { type: 'string', describe: 'id of a user in the log, or of sent events' })
      .option('history', { type: 'string', array: true, describe: 'item ids or titles, oldest first' })
      .option('prompt', {
        type: 'string',
        describe: 'a text; titles in it join the history, the rest is used as a search',
      })
      .option('k', { type: 'number', default: 10, describe: 'how many items' })
      .example(
        '$0 recommend quickstart --prompt "I just bought urban decay naked palette, what next?"',
        'a chat-style question',
      )
      .example(
        '$0 recommend quickstart --history B004ITB3IW B00787QT6W --json',
        'items by id, answer as JSON',
      ),
  handler: async (args) => {
    const { run, user, history, prompt, k, 'runs-dir': runsDir, json } = args;
    const rules = rulesOf(args);
    const { openRun } = await import('../../serving/index.ts');
    const opened = await openRun(run, { runsFolder: runsDir });
    try {
      const answer = await opened.recommend({ user, history, prompt, k, ...rules }).catch((error) => {
        throw withPlaceOfUsers(error, runsDir, run);
      });
      if (json) {
        printJson(answer);
        return;
      }
      const start = [
        ...(answer.history.length > 0
          ? [`After: ${answer.history.map(({ title }) => title).join(' | ')}`]
          : []),
        ...(answer.query ? [`Searched for: ${answer.query}`] : []),
        ...(answer.fallback ? ['Nothing is known of this customer: this is what is popular.'] : []),
        ...(answer.ignored ? [`Skipped: ${answer.ignored.join(' | ')}`] : []),
        ...(answer.notes ?? []).map((note) => `Note: ${note}.`),
      ];
      const rows = answer.items.map(({ item_id, title, score }, at) => [
        String(at + 1),
        item_id,
        title,
        score.toFixed(2),
      ]);
      print(`${start.join('\n')}\n\n${formatTable(['', 'item', 'title', 'log p'], rows)}`);
    } finally {
      await opened.close();
    }
  },
};

/** On the machine that holds the data, the error may say where the user ids are. */
function withPlaceOfUsers(error: unknown, runsDir: string, run: string): unknown {
  if (!(error instanceof UserError) || error.code !== 'serving/unknown-user') return error;
  const file = join(runsDir, run, stageFolderName('dataset'), 'users.jsonl');
  return new UserError(error.code, error.message, {
    remedy: `${file} lists the ids of all users, one per line.`,
  });
}
