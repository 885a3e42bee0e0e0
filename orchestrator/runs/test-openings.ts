import { closeSync, fsyncSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isThere } from '../storage/is-there.ts';
import { openEventLog, readEvents } from './event-log.ts';
import { versionIn } from './versions.ts';

export const openingsName = 'test-openings.jsonl';

/** One evaluation on the test split. */
export interface TestOpening {
  at: string;
  /** `eager-llm evaluate quickstart`, or the script that asked the library. */
  command: string;
  /** Key of the stage that asked; null for the library. */
  key: string | null;
}

/**
 * Writes down, before it happens, that the test split of a run is used: the more choices are based on it, the less it
 * says. All versions of a run count together. An evaluation that was killed and then `resumed` counts once.
 */
export function recordOpening(
  runFolder: string,
  { key, resumed = false }: { key: string | null; resumed?: boolean },
): void {
  const file = openingsFile(runFolder);
  if (resumed && key !== null && readOpenings(runFolder).at(-1)?.key === key) return;
  const log = openEventLog(file);
  log.append({ command: ownCommand(), key });
  log.close();
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** Every opening, the first one first. */
export function readOpenings(runFolder: string): TestOpening[] {
  const file = openingsFile(runFolder);
  return isThere(file) ? (readEvents(file) as unknown as TestOpening[]) : [];
}

function openingsFile(runFolder: string): string {
  return join(versionIn(runFolder).root, openingsName);
}

/** `the test split of this run was opened 3 times` */
export function describeOpenings(openings: readonly TestOpening[]): string {
  const times = openings.length === 1 ? 'once' : `${openings.length.toLocaleString('en-US')} times`;
  return openings.length === 0
    ? 'the test split of this run was not opened'
    : `the test split of this run was opened ${times}`;
}

function ownCommand(): string {
  const [, script = '', ...words] = process.argv;
  const name = /[\\/]cli[\\/]main\.[cm]?[jt]s$|[\\/]eager-llm$/.test(script) ? 'eager-llm' : basename(script);
  return [name, ...words].join(' ');
}
