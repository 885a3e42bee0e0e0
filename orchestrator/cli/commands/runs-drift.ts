import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { coldBelow, type Drift } from '../../dataset/drift.ts';
import type { DatasetSettings } from '../../dataset/settings.ts';
import { percent } from '../../shared/percent.ts';
import { formatTable } from '../format/table.ts';
import { print, say } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface DriftArguments {
  name: string;
  log: string | undefined;
  items: string | undefined;
  'runs-dir': string;
  json: boolean;
}

export const driftCommand: CommandModule<unknown, DriftArguments> = {
  command: 'drift <name>',
  describe: 'how far the log has moved away from what a run has learned from',
  builder: (argv) =>
    withJson(
      withRunsFolder(
        argv.positional('name', { type: 'string', demandOption: true, describe: 'name of a finished run' }),
      ),
    )
      .option('log', {
        type: 'string',
        describe: 'the newer log; by default the one of the recipe, as it is today',
      })
      .option('items', { type: 'string', describe: 'its item texts, where they are not next to it' })
      .example('$0 runs drift shop', 'the log of the recipe was exported anew')
      .example('$0 runs drift shop --log orders-week2.csv --items products-week2.csv', 'another export'),
  handler: async ({ name, log, items, 'runs-dir': runsDir, json }) => {
    const [{ loadDataset }, { measureDrift }, { prepareDataset }, { openRunArtefacts }] = await Promise.all([
      import('../../dataset/load-dataset.ts'),
      import('../../dataset/drift.ts'),
      import('../../dataset/prepare-dataset.ts'),
      import('../../serving/run-artefacts.ts'),
    ]);
    const { recipe, folderOf } = await openRunArtefacts(runsDir, name);
    const settings = {
      ...recipe.dataset,
      ...(log === undefined ? {} : { ...fileOf(recipe.dataset), path: resolve(log), items_path: null }),
      // A database is asked anew.
      snapshot: undefined,
      ...(items === undefined ? {} : { items_path: resolve(items) }),
      // Nothing is left out of the newer log: what the run does not know is what is asked for.
      k_core: 0,
    };
    const newer = await prepareDataset(settings, (message) => {
      if (message.type === 'warning') say(`Note: ${message.text}`);
    });
    const drift = measureDrift(loadDataset(folderOf('dataset')), newer);
    if (json) printJson({ run: name, log: settings.path, ...drift });
    else print(described(name, settings.path, drift));
  },
};

/** A log that is named in the place of a database is a table. */
function fileOf({ format }: DatasetSettings): Partial<DatasetSettings> {
  return format === 'sql' ? { format: 'table', events: undefined, items: undefined } : {};
}

function described(name: string, log: string, drift: Drift): string {
  if (drift.newEvents === 0) return `${log} has no events that ${name} does not know.`;
  const known = drift.newEvents - drift.newEventsOfKnownUsers;
  const rows = [
    ['new events', `${drift.newEvents}`, `${known} of them of users that the run does not know`],
    ['users', `+${drift.newUsers} −${drift.goneUsers}`, 'not known to the run; gone from the log'],
    ['items', `+${drift.newItems} −${drift.goneItems}`, 'not known to the run; gone from the log'],
    ['events of unknown items', percent(drift.shareOfNewItems), 'of the new events: cannot be recommended'],
    [
      'cold histories',
      percent(drift.shareOfColdHistories),
      `of the users with new events: fewer than ${coldBelow} items that the run knows`,
    ],
    [
      'popularity (PSI)',
      drift.popularityIndex === null ? '–' : drift.popularityIndex.toFixed(3),
      'population stability index; by custom below 0.1 stable, above 0.25 moved',
    ],
  ];
  const rising = drift.rising.map(({ item_id, title, trainedShare, newShare }) => [
    item_id,
    title,
    percent(trainedShare),
    percent(newShare),
  ]);
  return [
    formatTable(['', '', 'what it says'], rows),
    ...(rising.length > 0
      ? [`Bought more than before:\n${formatTable(['item', 'title', 'share then', 'share now'], rising)}`]
      : []),
  ].join('\n\n');
}
