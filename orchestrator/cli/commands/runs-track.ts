import type { CommandModule } from 'yargs';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface TrackArguments {
  name: string;
  url: string | undefined;
  experiment: string | undefined;
  'runs-dir': string;
  json: boolean;
}

export const trackCommand: CommandModule<unknown, TrackArguments> = {
  command: 'track <name>',
  describe: 'send a tracker what it does not have yet of a run',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('name', { type: 'string', demandOption: true, describe: 'name of the run' })
      .option('url', {
        type: 'string',
        describe: "address of an MLflow server (default: the recipe's trackers)",
      })
      .option('experiment', { type: 'string', describe: 'where the run stands there', implies: 'url' })
      .example('$0 runs track quickstart', 'what the trackers of its recipe have missed')
      .example(
        '$0 runs track quickstart --url http://localhost:5000 --experiment beauty',
        'a run whose recipe names no tracker',
      ),
  handler: async ({ name, url, experiment, 'runs-dir': runsDir, json }) => {
    const { trackFinished } = await import('../track-finished.ts');
    const sent = await trackFinished(runsDir, name, url === undefined ? null : { url, experiment });
    if (json) return printJson(sent);
    for (const { tracker, run_id, points, artefacts } of sent)
      print(
        `${tracker}: ${points} figures${artefacts === null ? ', no files (the server does not take them itself)' : ` and ${artefacts} files`} sent to the run ${run_id}`,
      );
  },
};
