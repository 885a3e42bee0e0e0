import yargs, { type CommandModule } from 'yargs';
import { UserError } from '../shared/errors.ts';
import { nearestName } from '../shared/nearest-name.ts';

/** What an option takes: nothing, one word once, one word each time it is given, or all words up to the next option. */
export type Takes = 'nothing' | 'one' | 'one each time' | 'many';

/**
 * Ties values to their options (`--user -u1` becomes `--user=-u1`), so that an id may begin with a dash: the word
 * behind an option is its value, unless it is an option of the command itself. Throws a UserError for an option that
 * the command does not know, that lacks its value, or that is given again where it takes one.
 */
export function bindOptions(words: readonly string[], options: ReadonlyMap<string, Takes>): string[] {
  const bound: string[] = [];
  const given = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--') return [...bound, ...words.slice(at)];
    const option = word.startsWith('-') && word !== '-' ? findOption(word, options) : null;
    if (option === undefined) throw unknownOption(word, options);
    if (option === null || option.takes === 'nothing') {
      bound.push(word);
      continue;
    }
    const { name, takes, value } = option;
    if (takes === 'one' && given.has(name))
      throw misuse(`${dashed(name)} is given more than once`, 'Give it once.');
    given.add(name);
    const values = value === undefined ? valuesBehind(words, at, takes, options) : [value];
    if (values.length === 0) throw valueMissing(name, words[at + 1]);
    if (value === undefined) at += values.length;
    bound.push(...values.map((each) => `${dashed(name)}=${each}`));
  }
  return bound;
}

/** The options of a command (and of those below it), as their builders list them. */
export function optionsOf(...commands: CommandModule[]): Map<string, Takes> {
  const options = new Map<string, Takes>([
    ['help', 'nothing'],
    ['version', 'nothing'],
  ]);
  for (const { builder } of commands) {
    const argv = yargs([]);
    if (typeof builder === 'function') builder(argv);
    // Not in the types, but the library's own completion uses it.
    const { key, boolean, array, narg } = (argv as unknown as { getOptions(): ListedOptions }).getOptions();
    for (const name of Object.keys(key)) {
      if (options.has(name)) continue;
      const list = narg[name] === 1 ? 'one each time' : 'many';
      options.set(name, boolean.includes(name) ? 'nothing' : array.includes(name) ? list : 'one');
    }
  }
  return options;
}

interface ListedOptions {
  key: Record<string, unknown>;
  boolean: string[];
  array: string[];
  narg: Record<string, number>;
}

interface FoundOption {
  name: string;
  takes: Takes;
  /** The value after its `=`. */
  value: string | undefined;
}

function findOption(word: string, options: ReadonlyMap<string, Takes>): FoundOption | undefined {
  const [, dashes, written, value] = /^(--?)([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
  // One-letter options take one dash or two; `--runsDir` is accepted for `--runs-dir`.
  if (written === undefined || (dashes === '-' && written.length > 1)) return undefined;
  const name = written.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const takes = options.get(name);
  if (takes !== undefined) return { name, takes, value };
  const negated = name.startsWith('no-') && options.get(name.slice(3)) === 'nothing';
  return negated ? { name, takes: 'nothing', value } : undefined;
}

function valuesBehind(
  words: readonly string[],
  at: number,
  takes: Takes,
  options: ReadonlyMap<string, Takes>,
): string[] {
  const behind = words.slice(at + 1);
  const next = behind.findIndex((word) => word === '--' || findOption(word, options) !== undefined);
  const values = next < 0 ? behind : behind.slice(0, next);
  return takes === 'many' ? values : values.slice(0, 1);
}

function unknownOption(word: string, options: ReadonlyMap<string, Takes>): UserError {
  const written = word.replace(/=[\s\S]*$/, '');
  const near = nearestName(written.replace(/^-+/, ''), [...options.keys()]);
  return misuse(
    `there is no option ${written}`,
    near
      ? `Did you mean ${dashed(near)}?`
      : `There are: ${[...options.keys()].map(dashed).join(', ')}. A file whose name begins with a dash is written ./-NAME.`,
  );
}

function valueMissing(name: string, next: string | undefined): UserError {
  return misuse(
    `${dashed(name)} needs a value`,
    next === undefined
      ? `As in ${dashed(name)}=VALUE.`
      : `Put it between ${dashed(name)} and ${next}; if ${next} is the value: ${dashed(name)}=${next}`,
  );
}

function dashed(name: string): string {
  return `--${name}`;
}

function misuse(message: string, remedy: string): UserError {
  return new UserError('cli/usage', message, { remedy });
}
