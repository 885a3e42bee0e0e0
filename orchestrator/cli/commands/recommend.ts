import type { CommandModule } from 'yargs';
import { formatTable } from '../format/table.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface RecommendArguments {
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
  describe: 'what a user, a history or a text leads to',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('run', { type: 'string', demandOption: true, describe: 'name of a finished run' })
      .option('user', { type: 'string', describe: 'id of a user of the log' })
      .option('history', { type: 'string', array: true, describe: 'item ids or titles, oldest first' })
      .option('prompt', { type: 'string', describe: 'a text; titles in it become the history' })
      .option('k', { type: 'number', default: 10, describe: 'how many items' })
      .example(
        '$0 recommend quickstart --prompt "I just bought urban decay naked palette, what next?"',
        'a chat-style question',
      )
      .example('$0 recommend quickstart --history B004ITB3IW B00787QT6W --json', 'items by id, for machines'),
  handler: async ({ run, user, history, prompt, k, 'runs-dir': runsDir, json }) => {
    const { openRunRecommender } = await import('../../serving/open-run-recommender.ts');
    const answers = await openRunRecommender(runsDir, run);
    try {
      const answer = await answers.recommend({ user, history, prompt, k });
      if (json) {
        printJson(answer);
        return;
      }
      const start = answer.query
        ? `No item of the catalogue is named there, so this is a search for: ${answer.query}`
        : `After: ${answer.history.map(({ title, item_id }) => title || item_id).join(' | ')}`;
      const rows = answer.items.map(({ item_id, title, score }, at) => [
        String(at + 1),
        item_id,
        title,
        score.toFixed(2),
      ]);
      process.stdout.write(`${start}\n\n${formatTable(['', 'item', 'title', 'log p'], rows)}\n`);
    } finally {
      await answers.dispose();
    }
  },
};
