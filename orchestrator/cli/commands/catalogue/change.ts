import type { Argv } from 'yargs';
import type { CatalogueChange } from '../../../serving/index.ts';
import { print, say } from '../../print.ts';
import { firstOf, printJson, withJson, withRunsFolder } from '../options.ts';

export interface ChangeArguments {
  run: string;
  ids: string;
  strict: boolean;
  'runs-dir': string;
  json: boolean;
}

/** The options of commands that change which items are available. */
export function withIds<T>(argv: Argv<T>): Argv<T & ChangeArguments> {
  return withJson(withRunsFolder(argv))
    .positional('run', { type: 'string', demandOption: true, describe: 'name of a run' })
    .positional('ids', { type: 'string', demandOption: true, describe: 'file of item ids, one per line' })
    .option('strict', {
      type: 'boolean',
      default: false,
      describe: 'refuse ids that the catalogue does not have, and change nothing',
    });
}

/** Says what was changed: `what` is `delisted`, or `relisted`. */
export function tellChange(what: string, change: CatalogueChange, { run, json }: ChangeArguments): void {
  const { items, delisted, gone, changed, unchanged, unknown } = change;
  if (json) {
    printJson({ run, items, delisted: delisted.length, gone: gone.length, changed, unchanged, unknown });
    return;
  }
  const number = (count: number) => count.toLocaleString('en-US');
  const before = unchanged > 0 ? ` (${number(unchanged)} were so before)` : '';
  print(
    `${number(changed)} items are ${what}${before}; ${number(items - delisted.length)} of ${number(items)} can be recommended.`,
  );
  if (unknown.length > 0)
    say(`! ${number(unknown.length)} ids are not in the catalogue, and were skipped: ${firstOf(unknown)}`);
  if (delisted.length === items)
    say('! Every item is delisted: requests get an error until some are taken back.');
}
