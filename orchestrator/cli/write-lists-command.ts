import { decodeOnRay, type RayOptions } from '../lists/ray/decode-on-ray.ts';
import { type WriteListsOptions, type WrittenLists, writeLists } from '../lists/write-lists.ts';
import { StageStopped } from '../process/outcomes.ts';
import { openRun } from '../serving/index.ts';
import { formatBytes, formatDuration } from '../shared/format.ts';
import { shellLine } from '../shared/shell-line.ts';
import { printJson } from './commands/options.ts';
import { exitCodes } from './explain-failure.ts';
import { print, say } from './print.ts';
import { createListsDisplay } from './progress/lists-display.ts';
import { type RequestArguments, rulesOf } from './request-options.ts';
import { listenForStop } from './stop-signals.ts';
import { tellUnknown } from './tell-unknown.ts';

export interface WriteListsCommandOptions
  extends Pick<WriteListsOptions, 'out' | 'k' | 'usersFile' | 'shard'> {
  run: string;
  /** The options of the rules that hold for every list. */
  rules: RequestArguments;
  excludeFile: string | undefined;
  availableFile: string | undefined;
  /** Refuses unknown ids in these files. */
  strict: boolean;
  block: number;
  /** Decoded on Ray, where given. */
  ray: Pick<RayOptions, 'address' | 'workers'> | undefined;
  runsFolder: string;
  json: boolean;
}

/** Writes the lists of many users, with progress on stderr; Ctrl-C stops it so that the same command goes on. */
export async function writeListsCommand(options: WriteListsCommandOptions): Promise<void> {
  const { run: name, runsFolder, rules, availableFile, excludeFile, strict, json, ray, ...asked } = options;
  const { fallback: _fallback, strict: _strict, ...forAll } = rulesOf(rules);
  const started = performance.now();
  const display = createListsDisplay({
    write: (text) => process.stderr.write(text),
    live: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    columns: process.stderr.columns,
  });
  const signals = listenForStop(() => display.say('Stopping; Ctrl-C again ends it at once.'));
  // Whatever is written is written whole: there is nothing to save first.
  signals.kill.addEventListener('abort', () => process.exit(exitCodes.stopped));
  const run = await openRun(name, {
    runsFolder,
    availableFile,
    excludeFile,
    // No text is read: no key has to be there.
    set: ['chat.language_model=null'],
  });
  try {
    await tellUnknown(run, strict);
    const written = await writeLists(run, {
      ...asked,
      strict,
      rules: forAll,
      decode: ray && decodeOnRay({ ...ray, runsFolder, availableFile, excludeFile }),
      onProgress: display.progress,
      onNote: display.say,
      signal: signals.stop,
    });
    display.close();
    const seconds = (performance.now() - started) / 1000;
    if (json) printJson({ ...written, seconds: Number(seconds.toFixed(3)) });
    else print(summary(written, seconds));
  } catch (error) {
    display.close();
    if (!signals.stop.aborted) throw error;
    say(`Stopped. Go on with:\n  ${shellLine(commandOf(options))}`);
    throw new StageStopped(name);
  } finally {
    signals.release();
    await run.close();
  }
}

function summary({ path, users, without_items, rows, file }: WrittenLists, seconds: number): string {
  const number = (value: number) => value.toLocaleString('en-US');
  const without = without_items > 0 ? ` (${number(without_items)} have none)` : '';
  return `The lists of ${number(users)} users${without} are in ${path}: ${number(rows)} rows, ${file.bytes === null ? '' : `${formatBytes(file.bytes)}, `}in ${formatDuration(seconds)}`;
}

function commandOf(options: WriteListsCommandOptions): string[] {
  const { run, out, k, usersFile, shard, rules, excludeFile, availableFile, runsFolder, ray } = options;
  const given = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return [
    ...['npx', 'eager-llm', 'recommend', run],
    ...(usersFile === undefined ? ['--all'] : ['--users', usersFile]),
    ...['--out', out, '--k', String(k)],
    ...given('--shard', shard),
    ...(rules.exclude ?? []).flatMap((item) => ['--exclude', item]),
    ...given('--exclude-history', rules['exclude-history']),
    ...given('--where', rules.where),
    ...given('--boost', rules.boost),
    ...given('--diversity', rules.diversity),
    ...given('--exclude-file', excludeFile),
    ...given('--available', availableFile),
    ...(options.strict ? ['--strict'] : []),
    ...(options.block === 1024 ? [] : ['--block', String(options.block)]),
    ...(ray ? ['--engine', 'ray'] : []),
    ...given('--ray-address', ray?.address),
    ...given('--workers', ray?.workers?.toString()),
    ...(runsFolder === 'runs' ? [] : ['--runs-dir', runsFolder]),
    ...(options.json ? ['--json'] : []),
  ];
}
