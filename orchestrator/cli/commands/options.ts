import type { Argv } from 'yargs';
import { UserError } from '../../shared/errors.ts';
import { print } from '../print.ts';

/** `RECIPE` and `--set`, as every command that reads a recipe takes them. */
export function withRecipe<T>(argv: Argv<T>) {
  return argv
    .positional('recipe', {
      type: 'string',
      demandOption: true,
      describe: 'recipe file, or the bare name of one that comes with eager-llm',
    })
    .option('set', again('change a setting: section.name=value (repeatable)'));
}

/** An option that is given once for each of its values. */
export function again(describe: string) {
  // One value an option: a greedy list would swallow the recipe's name.
  return { type: 'string', array: true, nargs: 1, default: [] as string[], describe } as const;
}

/** The file of items that may be recommended. */
export const available = {
  type: 'string',
  describe: 'file of item ids, one per line: lists hold no others (see also catalogue delist)',
} as const;

/** What of a finished run can be changed while it is open. */
export const chatSet = again('change how texts are understood: chat.language_model.base_url=… (repeatable)');

/** Options of commands that take a sweep: what to change in it, and how much to run at a time. */
export function withVariants<T>(argv: Argv<T>) {
  return argv
    .option('only', again('run only this variant and the baseline (repeatable)'))
    .option('jobs', {
      type: 'number',
      describe:
        'stages to run in parallel, each on its share of the cores (default: what cores and memory allow)',
    })
    .option('set', again('change a setting in every variant: section.name=value'));
}

export function withRunsFolder<T>(argv: Argv<T>) {
  return argv.option('runs-dir', { type: 'string', default: 'runs', describe: 'folder of all runs' });
}

export function withJson<T>(argv: Argv<T>) {
  return argv.option('json', { type: 'boolean', default: false, describe: 'print JSON for machines' });
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Ids as a sentence names them: the first few, and how many there are. */
export function firstOf(ids: readonly string[], most = 5): string {
  return `${ids.slice(0, most).join(', ')}${ids.length > most ? ', …' : ''}`;
}

export function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError('cli/usage', '--port has to be a whole number from 0 to 65535', {
    remedy: 'As in --port 8080.',
  });
}

/** An option's value, checked to be a whole number of at least 1. */
export function wholeNumber<T extends number | undefined>(name: string, value: T, most = 1_000_000): T {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return value;
  throw new UserError('cli/usage', `--${name} has to be a whole number from 1 to ${most}`, {
    remedy: `As in --${name} 2.`,
  });
}
