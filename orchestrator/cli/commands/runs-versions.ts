import type { CommandModule } from 'yargs';
import { formatStageFigure } from '../../evaluation/stage-figures.ts';
import { listVersions, type VersionSummary } from '../../runs/list-versions.ts';
import { formatBytes } from '../../shared/format.ts';
import { formatTable } from '../format/table.ts';
import { print } from '../print.ts';
import { printJson, withJson, withRunsFolder } from './options.ts';

interface VersionsArguments {
  name: string;
  'runs-dir': string;
  json: boolean;
}

export const runVersionsCommand: CommandModule<unknown, VersionsArguments> = {
  command: 'versions <name>',
  describe: 'list the versions of a run: what changed, how good each is, which one answers',
  builder: (argv) =>
    withJson(withRunsFolder(argv))
      .positional('name', { type: 'string', demandOption: true, describe: 'name of the run' })
      .example('$0 runs versions quickstart', 'every version that is kept, the first one first')
      .example('$0 recommend quickstart@1 --user A3BTN14HIZET6Z', 'ask one of them, whichever answers'),
  handler: ({ name, 'runs-dir': runsDir, json }) => {
    const versions = listVersions(runsDir, name);
    if (json) return printJson(versions);
    const rows = versions.map((each) => [
      String(each.version),
      each.made_at?.slice(0, 16).replace('T', ' ') ?? '',
      changes(each),
      formatStageFigure('recall@10', each.figures['recall@10']),
      formatBytes(each.bytes),
      each.current ? 'answers' : each.under_way ? `under way: ${each.status}` : '',
    ]);
    print(formatTable(['version', 'made (UTC)', 'changed', 'recall@10', 'size', ''], rows));
  },
};

const mostNamed = 3;

function changes({ changed }: VersionSummary): string {
  if (changed === null) return '';
  if (changed.length === 0) return 'no setting';
  const more = changed.length - mostNamed;
  return [...changed.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
